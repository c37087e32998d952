package dev.nimbus.controlplane.forge;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.ConnectionStore;
import dev.nimbus.json.Json;
import dev.nimbus.service.secret.Vault;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Connections with what speaks for each of them, made anew when one changes. Thread-safe. */
public final class Connections {
  /** The option that names the labels that mean us, besides {@code nimbus}. */
  public static final String LABELS = "labels";

  private static final Set<String> OURS = Set.of(LABELS);
  private static final int MAX_SECRETS = 16;
  private static final int MAX_SECRET = 16_384;

  private final ConnectionStore store;
  private final Vault vault;
  private final ForgeMaker maker;
  private final InstantSource time;
  private final Map<ConnectionId, Live> live = new ConcurrentHashMap<>();

  public Connections(ConnectionStore store, Vault vault, ForgeMaker maker, InstantSource time) {
    this.store = store;
    this.vault = vault;
    this.maker = maker;
    this.time = time;
  }

  /**
   * Creates or changes a connection. Secrets not given stay as they are; what a forge of this kind
   * cannot work with is {@code INVALID}, and nothing is stored.
   */
  public Connection apply(Connection wanted, Map<String, String> secrets) {
    var known = store.find(wanted.org(), wanted.name());
    var all = new TreeMap<String, String>();
    known.map(this::secrets).ifPresent(all::putAll);
    all.putAll(secrets);
    all.values().removeIf(String::isEmpty);
    checkSize(wanted, all);
    make(wanted, all);
    var unchanged = known.filter(before -> secrets(before).equals(all));
    var sealed = unchanged.map(Connection::secrets).orElseGet(() -> seal(wanted, all));
    return store.apply(wanted.with(sealed), time.instant());
  }

  /** What speaks for the connection. */
  public Forge forge(Connection connection) {
    return live.compute(
            connection.id(),
            (_, was) ->
                was != null && was.revision() == connection.revision()
                    ? was
                    : new Live(connection.revision(), make(connection, secrets(connection))))
        .forge();
  }

  /** The names of the secrets that are set. */
  public List<String> secretNames(Connection connection) {
    return List.copyOf(secrets(connection).keySet());
  }

  public Optional<Connection> find(OrgId org, ConnectionName name) {
    return store.find(org, name);
  }

  public Optional<Connection> find(ConnectionId id) {
    return store.find(id);
  }

  public List<Connection> list(OrgId org) {
    return store.list(org);
  }

  public List<Connection> all() {
    return store.all();
  }

  /** Forgets a connection; false when there is none of this name. */
  public boolean remove(OrgId org, ConnectionName name) {
    store.find(org, name).ifPresent(connection -> live.remove(connection.id()));
    return store.remove(org, name, time.instant());
  }

  /** Seals what an older key sealed with the newest; returns how many connections changed. */
  public int reseal() {
    var changed = 0;
    for (var connection : store.all()) {
      if (!vault.current(connection.secrets())) {
        store.apply(connection.with(seal(connection, secrets(connection))), time.instant());
        changed++;
      }
    }
    return changed;
  }

  /** Options that mean the same for every forge are not shown to what speaks with one. */
  private Forge make(Connection connection, Map<String, String> secrets) {
    var options = new TreeMap<>(connection.options());
    options.keySet().removeAll(OURS);
    return maker.make(
        new Connection(
            connection.org(),
            connection.id(),
            connection.name(),
            connection.kind(),
            connection.url(),
            connection.owner(),
            connection.repositories(),
            options,
            connection.secrets(),
            connection.changedAt(),
            connection.revision()),
        secrets);
  }

  private Sealed seal(Connection connection, Map<String, String> secrets) {
    return vault.seal(place(connection), Json.write(new Secrets(secrets)));
  }

  private Map<String, String> secrets(Connection connection) {
    var clear = vault.open(place(connection), connection.secrets());
    return new TreeMap<>(Json.read(clear, Secrets.class).values());
  }

  private static String place(Connection connection) {
    return "connection " + connection.org() + "/" + connection.name();
  }

  private static void checkSize(Connection connection, Map<String, String> secrets) {
    var tooLong = secrets.values().stream().anyMatch(value -> value.length() > MAX_SECRET);
    if (secrets.size() > MAX_SECRETS || tooLong) {
      throw new NimbusException(
          Kind.INVALID,
          "Connection '%s' has more than %d secrets, or one longer than %d characters"
              .formatted(connection.name(), MAX_SECRETS, MAX_SECRET));
    }
  }

  private record Secrets(Map<String, String> values) {}

  private record Live(long revision, Forge forge) {}
}
