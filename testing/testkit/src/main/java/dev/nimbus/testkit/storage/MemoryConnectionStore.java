package dev.nimbus.testkit.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.storage.ConnectionStore;
import dev.nimbus.core.storage.ForgeStore.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Connections in memory. */
final class MemoryConnectionStore implements ConnectionStore {
  private final MemoryState state;

  MemoryConnectionStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public Connection apply(Connection wanted, Instant now) {
    synchronized (state) {
      state.know(wanted.org());
      var before = find(wanted.org(), wanted.name());
      if (before.isPresent()) {
        return before.get().sameContent(wanted) ? before.get() : change(before.get(), wanted, now);
      }
      if (find(wanted.id()).isPresent()) {
        throw new NimbusException(
            Kind.CONFLICT,
            "Cannot apply connection '%s': another one has the id '%s'"
                .formatted(wanted.name(), wanted.id()));
      }
      var made = as(wanted.id(), wanted, now, 1);
      state.forges().connections().add(made);
      return made;
    }
  }

  @Override
  public Optional<Connection> find(OrgId org, ConnectionName name) {
    return which(known -> known.org().equals(org) && known.name().equals(name)).stream()
        .findFirst();
  }

  @Override
  public Optional<Connection> find(ConnectionId id) {
    return which(known -> known.id().equals(id)).stream().findFirst();
  }

  @Override
  public List<Connection> list(OrgId org) {
    return which(known -> known.org().equals(org));
  }

  @Override
  public List<Connection> all() {
    return which(known -> true);
  }

  @Override
  public boolean remove(OrgId org, ConnectionName name, Instant now) {
    synchronized (state) {
      var found = find(org, name);
      found.ifPresent(connection -> remove(connection, now));
      return found.isPresent();
    }
  }

  private void remove(Connection connection, Instant now) {
    var forges = state.forges();
    var outcome =
        Outcome.calledOff("Connection '" + connection.name() + "' to its forge was removed");
    forges
        .jobs(job -> job.isOf(connection.org(), connection.id()) && job.stage() != Stage.FINISHED)
        .forEach(
            job ->
                job.serving().filter(MemoryJob::waiting).ifPresent(ours -> ours.end(outcome, now)));
    forges.connections().remove(connection);
    forges.forget(connection.org(), connection.id());
  }

  private Connection change(Connection before, Connection wanted, Instant now) {
    var changed = as(before.id(), wanted, now, before.revision() + 1);
    state.forges().connections().replaceAll(known -> known.equals(before) ? changed : known);
    return changed;
  }

  private List<Connection> which(Predicate<Connection> asked) {
    synchronized (state) {
      return state.forges().connections().stream()
          .filter(asked)
          .sorted(
              Comparator.comparing((Connection known) -> known.org().value())
                  .thenComparing(known -> known.name().value()))
          .toList();
    }
  }

  private static Connection as(ConnectionId id, Connection content, Instant now, long revision) {
    return new Connection(
        content.org(),
        id,
        content.name(),
        content.kind(),
        content.url(),
        content.owner(),
        content.repositories(),
        content.options(),
        content.secrets(),
        now,
        revision);
  }
}
