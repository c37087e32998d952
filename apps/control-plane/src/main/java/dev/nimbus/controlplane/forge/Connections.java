package dev.nimbus.controlplane.forge;

import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.ConnectionStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections with what speaks for each of them, made anew when one changes. Thread-safe. */
public final class Connections {
  /** The option that names the labels that mean us, besides {@code nimbus}. */
  public static final String LABELS = "labels";

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final Set<String> OURS = Set.of(LABELS);

  private final ConnectionStore store;
  private final KeptSecrets kept;
  private final ForgeMaker maker;
  private final InstantSource time;
  private final Map<ConnectionId, Live> live = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final AtomicLong changes = new AtomicLong();

  public Connections(
      ConnectionStore store, KeptSecrets kept, ForgeMaker maker, InstantSource time) {
    this.store = store;
    this.kept = kept;
    this.maker = maker;
    this.time = time;
  }

  /**
   * Creates or changes a connection. Secrets not given stay as they are, unless it is to speak with
   * another address or kind of forge, which must not be told them: they must all be given again. An
   * empty one is taken away. What a forge of this kind cannot work with is {@code INVALID}, and
   * nothing is stored.
   */
  public Connection apply(Connection wanted, Map<String, String> secrets) {
    var known = store.find(wanted.org(), wanted.name());
    var all = new TreeMap<String, String>();
    known.flatMap(this::readable).ifPresent(all::putAll);
    known
        .filter(before -> moves(before, wanted))
        .ifPresent(b -> checkGiven(b, wanted, all, secrets));
    all.putAll(secrets);
    all.values().removeIf(String::isEmpty);
    KeptSecrets.checkSize(place(wanted), all);
    make(wanted, all);
    var unchanged = known.filter(before -> readable(before).filter(all::equals).isPresent());
    var sealed = unchanged.map(Connection::secrets).orElseGet(() -> seal(wanted, all));
    var applied = store.apply(wanted.with(sealed), time.instant());
    changes.incrementAndGet();
    return applied;
  }

  /** How often something was changed through this; what others changed in the store is not here. */
  public long changes() {
    return changes.get();
  }

  /** What speaks for the connection; as it is now, where it changed since it was read. */
  public Forge forge(Connection connection) {
    return live.compute(
            connection.id(),
            (_, was) ->
                was != null && was.revision() >= connection.revision()
                    ? was
                    : new Live(connection.revision(), make(connection, secrets(connection))))
        .forge();
  }

  /**
   * The same, but empty where it cannot be: its key is lost, or what is stored is of a newer kind.
   */
  public Optional<Forge> usable(Connection connection) {
    try {
      return Optional.of(forge(connection));
    } catch (NimbusException e) {
      tell(connection, e);
      return Optional.empty();
    }
  }

  /** The names of the secrets that are set; none where they cannot be opened. */
  public List<String> secretNames(Connection connection) {
    return readable(connection).map(all -> List.copyOf(all.keySet())).orElse(List.of());
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
    var removed = store.remove(org, name, time.instant());
    changes.incrementAndGet();
    return removed;
  }

  /** Lets go of what speaks for connections that are gone. Repeatable. */
  public void prune() {
    var speaking = Set.copyOf(live.keySet()); // Of connections made from here on, all stay.
    var known = store.all().stream().map(Connection::id).collect(Collectors.toSet());
    speaking.stream().filter(id -> !known.contains(id)).forEach(live::remove);
  }

  /**
   * Seals what an older key sealed with the newest; returns how many connections changed. One whose
   * key is lost is left as it is.
   */
  public int reseal() {
    var changed = 0;
    for (var connection : store.all()) {
      var old = readable(connection).filter(_ -> !kept.current(connection.secrets()));
      if (old.isPresent()) {
        store.apply(connection.with(seal(connection, old.get())), time.instant());
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
    return kept.seal(place(connection), secrets);
  }

  /** Says it once for each state of a connection. */
  private void tell(Connection connection, NimbusException e) {
    if (told.add(connection.id() + " " + connection.revision())) {
      LOG.atError()
          .addKeyValue("connection", connection.name())
          .addKeyValue("org", connection.org())
          .addKeyValue("why", e.getMessage())
          .log("A connection cannot be used; apply it again with its secrets");
    }
  }

  private Optional<Map<String, String>> readable(Connection connection) {
    return kept.readable(place(connection), connection.secrets());
  }

  private Map<String, String> secrets(Connection connection) {
    return kept.open(place(connection), connection.secrets());
  }

  private static String place(Connection connection) {
    return "connection " + connection.org() + "/" + connection.name();
  }

  private static boolean moves(Connection before, Connection wanted) {
    return before.kind() != wanted.kind() || !before.url().equals(wanted.url());
  }

  private static void checkGiven(
      Connection before, Connection wanted, Map<String, String> kept, Map<String, String> given) {
    var missing = new TreeSet<>(kept.keySet());
    missing.removeAll(given.keySet());
    if (!missing.isEmpty()) {
      throw new NimbusException(
          Kind.INVALID,
          "secrets-not-given",
          ("Cannot point connection '%s' from %s at %s to %s at %s with the secrets it has: give"
                  + " %s again, or empty")
              .formatted(
                  wanted.name(),
                  before.kind().word(),
                  before.url(),
                  wanted.kind().word(),
                  wanted.url(),
                  String.join(", ", missing)));
    }
  }

  private record Live(long revision, Forge forge) {}
}
