package dev.nimbus.controlplane.repair;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.ForgeStore.LeftOver;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has a forge forget runners whose sandbox is over. Some may be busy or refused for long: each
 * round goes on where the last one ended, so that they hide no others.
 */
final class Retiring {
  private static final int PAGE = 200;

  private final ForgeStore store;
  private final EachAlone<LeftOver> retiring = new EachAlone<>("forget a runner", LeftOver::runner);
  private final Map<ConnectionId, String> reached = new ConcurrentHashMap<>();

  Retiring(ForgeStore store) {
    this.store = store;
  }

  void step(Connection connection, Forge forge) {
    retiring.each(connection, page(connection), runner -> retire(connection, forge, runner));
  }

  /** Remembers nothing of other connections than these. */
  void keep(Collection<ConnectionId> connections) {
    retiring.keep(connections);
    reached.keySet().retainAll(connections);
  }

  /** The next page; after the last one comes the first. */
  private List<LeftOver> page(Connection connection) {
    var after = reached.getOrDefault(connection.id(), "");
    var page = store.leftOver(connection.org(), connection.id(), after, PAGE);
    reached.put(connection.id(), page.size() < PAGE ? "" : page.getLast().runner().value());
    return page;
  }

  private void retire(Connection connection, Forge forge, LeftOver left) {
    if (forge.unregister(left.runner(), left.repository()) == Forge.Retired.GONE) {
      store.retired(connection.org(), connection.id(), left.runner());
    }
  }
}
