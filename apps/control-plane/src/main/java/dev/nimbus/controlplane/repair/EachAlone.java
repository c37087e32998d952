package dev.nimbus.controlplane.repair;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.ConnectionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something with each of many things of a connection, so that one that fails holds up no
 * other: those that fail are logged once and come last the next time. Only where a forge does not
 * answer at all is there an end to it.
 *
 * @param <T> what something is done with
 */
final class EachAlone<T> {
  private static final Logger LOG = LoggerFactory.getLogger(EachAlone.class);
  private static final int MOST_UNANSWERED = 5;
  private static final int REMEMBERED = 10_000;

  private final String doing;
  private final Function<T, Object> name;
  private final Map<ConnectionId, Set<Object>> failing = new ConcurrentHashMap<>();

  /**
   * Nothing has failed yet.
   *
   * @param doing what is done, such as {@code ask for a job}
   * @param name what a thing is known by
   */
  EachAlone(String doing, Function<T, Object> name) {
    this.doing = doing;
    this.name = name;
  }

  /** Does it with each, and fails when it could not be done with several because nobody answers. */
  void each(Connection connection, List<T> things, Consumer<T> work) {
    var failed = failing.getOrDefault(connection.id(), Set.of());
    var round = new Round(connection, new HashSet<>(failed));
    try {
      for (var thing : lastWhatFailed(things, failed)) {
        round.attempt(thing, work);
      }
    } finally {
      round.close();
    }
  }

  /** Remembers nothing of other connections than these. */
  void keep(Collection<ConnectionId> connections) {
    failing.keySet().retainAll(connections);
  }

  private List<T> lastWhatFailed(List<T> things, Set<Object> failed) {
    var ordered = new ArrayList<T>();
    things.stream().filter(thing -> !failed.contains(name.apply(thing))).forEach(ordered::add);
    things.stream().filter(thing -> failed.contains(name.apply(thing))).forEach(ordered::add);
    return ordered;
  }

  private final class Round {
    private final Connection connection;
    private final Set<Object> failed;
    private final List<String> news = new ArrayList<>();
    private int unanswered;

    Round(Connection connection, Set<Object> failed) {
      this.connection = connection;
      this.failed = failed;
    }

    void attempt(T thing, Consumer<T> work) {
      try {
        work.accept(thing);
        failed.remove(name.apply(thing));
      } catch (NimbusException e) {
        remember(name.apply(thing), e);
        if (unanswered(e) && ++unanswered >= MOST_UNANSWERED) {
          throw e;
        }
      }
    }

    private void remember(Object known, NimbusException e) {
      if (failed.size() >= REMEMBERED) {
        failed.clear(); // Most of it is over; what is not is told once more.
      }
      if (failed.add(known)) {
        news.add(known + ": " + e.getMessage());
      }
    }

    private boolean unanswered(NimbusException e) {
      return e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.INTERNAL;
    }

    void close() {
      failing.put(connection.id(), Set.copyOf(failed));
      if (!news.isEmpty()) {
        LOG.atWarn()
            .addKeyValue("connection", connection.name())
            .addKeyValue("org", connection.org())
            .addKeyValue("doing", doing)
            .addKeyValue("failed", news.size())
            .addKeyValue("first", news.getFirst())
            .log("Some of a forge's jobs or runners could not be seen to");
      }
    }
  }
}
