package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.ForgeStore.Place;
import dev.nimbus.core.storage.ForgeStore.Served;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a forge what became of jobs we think it wants run and that it does not list. There may be
 * more of them than one round should ask about: the next goes on where it ended.
 */
final class Settling {
  /** What was heard of a job so lately may be newer than the forge's list. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private static final int PAGE = 200;
  private static final int MOST_PAGES = 10;

  private final ForgeStore store;
  private final ForgeIntake intake;
  private final InstantSource time;
  private final EachAlone<Served> asking =
      new EachAlone<>("ask about a job", served -> served.job().key());
  private final Map<ConnectionId, Place> reached = new ConcurrentHashMap<>();

  Settling(ForgeStore store, ForgeIntake intake, InstantSource time) {
    this.store = store;
    this.intake = intake;
    this.time = time;
  }

  /**
   * Asks about so many.
   *
   * @param listed what the forge says is waiting
   */
  void step(Connection connection, Forge forge, Set<ForgeJobKey> listed) {
    var silent = next(connection, listed);
    asking.each(connection, silent, served -> ask(connection, forge, served));
  }

  /** Remembers nothing of other connections than these. */
  void keep(Collection<ConnectionId> connections) {
    asking.keep(connections);
    reached.keySet().retainAll(connections);
  }

  /** Looks through pages of what is open until there is enough to ask. */
  private List<Served> next(Connection connection, Set<ForgeJobKey> listed) {
    var settled = time.instant().minus(SETTLED);
    var silent = new ArrayList<Served>();
    for (var pages = 0; pages < MOST_PAGES && silent.size() < PAGE; pages++) {
      var page = page(connection);
      page.stream()
          .filter(served -> !listed.contains(served.job().key()))
          .filter(served -> served.changedAt().isBefore(settled))
          .forEach(silent::add);
      if (page.size() < PAGE) {
        break;
      }
    }
    return silent;
  }

  /** The next page; after the last one comes the first. */
  private List<Served> page(Connection connection) {
    var after = reached.getOrDefault(connection.id(), Place.START);
    var page = store.open(connection.org(), connection.id(), after, PAGE);
    var end = page.size() < PAGE ? Place.START : Place.of(page.getLast().job());
    reached.put(connection.id(), end);
    return page;
  }

  private void ask(Connection connection, Forge forge, Served served) {
    var job = served.job();
    var now =
        forge
            .ask(job.key(), job.repository())
            .orElse(new Event.JobFinished(job.key(), job.repository(), "", "unknown"));
    intake.take(connection, "", now);
  }
}
