package dev.nimbus.controlplane.provider;

import dev.nimbus.controlplane.boot.BootFacts;
import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.storage.ProviderStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accounts with what speaks for each of them, made anew when one changes. Thread-safe. */
public final class Accounts implements AutoCloseable {
  /** The options that say where machines without Nimbus in their image get it. */
  private static final String PROGRAM_URL = "program_url";

  private static final String PROGRAM_SHA256 = "program_sha256";

  /** What the option {@code credentials} is where the control plane's own are meant. */
  private static final Set<String> HOSTS_OWN = Set.of("default", "in-cluster");

  /** Where a machine's first script looks for the program. */
  private static final List<Path> HAVING =
      Stream.of("/opt/nimbus", "/usr/local/bin", "/usr/bin", "/bin")
          .map(folder -> Path.of(folder, "nimbus"))
          .toList();

  private static final Set<String> OURS = Set.of(PROGRAM_URL, PROGRAM_SHA256);

  private final ProviderStore store;
  private final KeptSecrets secrets;
  private final ProviderMaker maker;
  private final ControllerId controller;
  private final InstantSource time;
  private final Map<Key, Live> live = new ConcurrentHashMap<>();

  public Accounts(
      ProviderStore store,
      KeptSecrets secrets,
      ProviderMaker maker,
      ControllerId controller,
      InstantSource time) {
    this.store = store;
    this.secrets = secrets;
    this.maker = maker;
    this.controller = controller;
    this.time = time;
  }

  /**
   * Creates or changes an account. Secrets not given stay as they are, unless it is to be of
   * another kind or its options change where they are sent; an empty one is taken away. What a
   * provider of this kind cannot work with is {@code INVALID}, and nothing is stored.
   */
  public ProviderAccount apply(ProviderAccount wanted, Map<String, String> given) {
    var known = store.find(wanted.org(), wanted.name());
    var all = new TreeMap<String, String>();
    known
        .filter(before -> !leads(before, wanted))
        .flatMap(before -> secrets.readable(place(before), before.secrets()))
        .ifPresent(all::putAll);
    all.putAll(given);
    all.values().removeIf(String::isEmpty);
    KeptSecrets.checkSize(place(wanted), all);
    program(wanted);
    make(wanted, all).close();
    var unchanged =
        known.filter(
            before ->
                secrets.readable(place(before), before.secrets()).filter(all::equals).isPresent());
    var sealed =
        unchanged.map(ProviderAccount::secrets).orElseGet(() -> secrets.seal(place(wanted), all));
    return store.apply(wanted.with(sealed), time.instant());
  }

  /**
   * What of this account is the installation's and no tenant's to give away; empty where nothing
   * is. Machines on the control plane's own host are, so is whatever rights that host has, and so
   * are calls from it to an address that is not the provider's.
   */
  public static Optional<String> installations(ProviderAccount account) {
    if (account.kind() == ProviderKind.LOCAL) {
      return Optional.of("machines on the control plane's own host");
    }
    if (HOSTS_OWN.contains(account.option("credentials", ""))) {
      return Optional.of("credentials: " + account.option("credentials", ""));
    }
    return account.option("endpoint", "").isEmpty()
        ? Optional.empty()
        : Optional.of("endpoint: " + account.option("endpoint", ""));
  }

  /** What speaks for the account; as it is now, where it changed since it was read. */
  public Provider provider(ProviderAccount account) {
    return live.compute(
            Key.of(account),
            (_, was) -> {
              if (was != null && was.revision() >= account.revision()) {
                return was;
              }
              var opened = secrets.open(place(account), account.secrets());
              var made = make(account, opened);
              if (was != null) {
                was.provider().close();
              }
              return new Live(account.revision(), made);
            })
        .provider();
  }

  /** What is right and wrong with it, also where its machines get the program. */
  public List<Finding> check(ProviderAccount account) {
    var findings = new ArrayList<>(provider(account).check());
    var program = program(account);
    if (program != null) {
      findings.add(Finding.fine("machines fetch Nimbus from " + program.url()));
    } else if (account.kind() == ProviderKind.LOCAL
        && HAVING.stream().noneMatch(Files::isExecutable)) {
      findings.add(
          Finding.wrong(
              "Nimbus is at one of " + HAVING,
              "install it there, or set " + PROGRAM_URL + " and " + PROGRAM_SHA256));
    } else {
      findings.add(Finding.fine("machines have Nimbus themselves, for no program_url is set"));
    }
    return findings;
  }

  /** Where a machine of this account gets the program; null where its image has it. */
  public static BootFacts.@Nullable Program program(ProviderAccount account) {
    var url = account.option(PROGRAM_URL, "");
    var sha256 = account.option(PROGRAM_SHA256, "");
    if (url.isEmpty() != sha256.isEmpty()) {
      throw new NimbusException(
          Kind.INVALID,
          "Provider '%s' needs both of %s and %s, or neither"
              .formatted(account.name(), PROGRAM_URL, PROGRAM_SHA256));
    }
    try {
      return url.isEmpty() ? null : new BootFacts.Program(URI.create(url), sha256);
    } catch (IllegalArgumentException e) {
      throw new NimbusException(
          Kind.INVALID, "Provider '%s': %s".formatted(account.name(), e.getMessage()), e);
    }
  }

  /** The names of the secrets that are set; none where they cannot be opened. */
  public List<String> secretNames(ProviderAccount account) {
    return secrets
        .readable(place(account), account.secrets())
        .map(all -> List.copyOf(all.keySet()))
        .orElse(List.of());
  }

  public Optional<ProviderAccount> find(OrgId org, ProviderName name) {
    return store.find(org, name);
  }

  public List<ProviderAccount> list(OrgId org) {
    return store.list(org);
  }

  public List<ProviderAccount> all() {
    return store.all();
  }

  /** Forgets an account; false when there is none. {@code CONFLICT} while it has machines. */
  public boolean remove(OrgId org, ProviderName name) {
    var removed = store.remove(org, name);
    if (removed) {
      var was = live.remove(new Key(org, name));
      if (was != null) {
        was.provider().close();
      }
    }
    return removed;
  }

  /** The installation whose machines these are. */
  public ControllerId controller() {
    return controller;
  }

  @Override
  public void close() {
    live.values().forEach(one -> one.provider().close());
  }

  private Provider make(ProviderAccount account, Map<String, String> opened) {
    var options = new TreeMap<>(account.options());
    options.keySet().removeAll(OURS);
    return maker.make(
        new ProviderAccount(
            account.org(),
            account.name(),
            account.kind(),
            options,
            account.secrets(),
            account.changedAt(),
            account.revision()),
        opened,
        controller);
  }

  /** Whether the secrets would be told to somebody who was not told them before. */
  private static boolean leads(ProviderAccount before, ProviderAccount wanted) {
    return before.kind() != wanted.kind()
        || !before.option("endpoint", "").equals(wanted.option("endpoint", ""))
        || !before.option("hosts", "").equals(wanted.option("hosts", ""))
        || !before.option("host_keys", "").equals(wanted.option("host_keys", ""));
  }

  private static String place(ProviderAccount account) {
    return "provider " + account.org() + "/" + account.name();
  }

  private record Key(OrgId org, ProviderName name) {
    static Key of(ProviderAccount account) {
      return new Key(account.org(), account.name());
    }
  }

  private record Live(long revision, Provider provider) {}
}
