package dev.nimbus.testkit.storage;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.core.storage.MachineStore.Reserving;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The words the suites about providers, pools and machines are written in. */
public abstract class MachineContract extends StorageContract {
  protected static final ControllerId CONTROLLER = new ControllerId("c0ffee42");
  protected static final ProviderName CLOUD = new ProviderName("cloud");
  protected static final PoolName SMALL = new PoolName("small");
  protected static final Size SIZE = new Size(2_000, 4L << 30);
  protected static final Sealed SECRETS = new Sealed("key-1", "c2VjcmV0");
  protected static final Sealed USER_DATA = new Sealed("key-1", "dXNlciBkYXRh");
  protected static final Instant LATER = NOON.plusSeconds(60);
  protected static final Machine.End IDLE = new Machine.End(EndCause.IDLE, "no job came");

  protected MachineContract() {}

  protected final MachineStore machines() {
    return storage().machines();
  }

  /** Declares the cloud and a pool of it. */
  protected static void declare(Storage on, OrgId org, int max) {
    on.providers().apply(account(org, "cloud", ProviderKind.AWS), NOON);
    on.pools().apply(pool(org, "small", max), NOON);
  }

  protected static ProviderAccount account(OrgId org, String name, ProviderKind kind) {
    return new ProviderAccount(
        org,
        new ProviderName(name),
        kind,
        ProviderAccount.options(Map.of("region", "eu-central-1", "ca", "a\nb")),
        SECRETS,
        Instant.EPOCH,
        77);
  }

  protected static Pool pool(OrgId org, String name, int max) {
    return new Pool(
        org,
        new PoolName(name),
        Labels.of(List.of("docker")),
        List.of(offering("cloud")),
        max,
        0,
        List.of(),
        new Warming.Fixed(),
        Duration.ofMinutes(5),
        Duration.ofHours(6),
        Deadlines.USUAL,
        Budget.NONE,
        Instant.EPOCH,
        77);
  }

  protected static Offering offering(String provider) {
    return new Offering(
        new ProviderName(provider),
        "zone-a",
        "c7i.xlarge",
        "ami-0abc",
        Os.LINUX,
        SpotPolicy.PREFER,
        SIZE,
        40,
        204_000);
  }

  protected static MachineName name(int number) {
    return MachineName.of(CONTROLLER, "m%07d".formatted(number));
  }

  /** The digest of the machine's ticket. */
  protected static String ticket(int number) {
    return "digest-of-" + number;
  }

  protected static NewMachine machine(OrgId org, int number) {
    return machine(org, number, SMALL, CLOUD);
  }

  protected static NewMachine machine(OrgId org, int number, PoolName pool, ProviderName provider) {
    return new NewMachine(
        new MachineSpec(
            name(number),
            new Owner(org, pool),
            new Cell(provider, "zone-a", "c7i.xlarge", "ami-0abc", Market.SPOT),
            40,
            "a secret that is not to be stored",
            Duration.ofHours(6).plusNanos(1)),
        USER_DATA,
        ticket(number),
        SIZE,
        204_000,
        number % 5 == 0
            ? new Billing.Blocks(Duration.ofHours(1))
            : new Billing.PerSecond(Duration.ZERO),
        number % 2 == 0,
        "2 jobs wait for it");
  }

  /** Reserves a machine that must be reserved. */
  protected final Machine reserve(OrgId org, int number) {
    return reserve(org, number, NOON);
  }

  protected final Machine reserve(OrgId org, int number, Instant now) {
    if (machines().reserve(machine(org, number), now) instanceof Reserving.Reserved(var made)) {
      return made;
    }
    throw new AssertionError("Not reserved: " + number);
  }

  /** Brings a machine to where its agent has registered. */
  protected final void bringUp(OrgId org, int number) {
    bringUp(storage(), org, number);
  }

  protected static void bringUp(Storage on, OrgId org, int number) {
    on.machines().reserve(machine(org, number), NOON);
    on.machines().launched(name(number), "i-" + number, NOON);
    on.machines().ready(name(number), NOON);
    register(on, org, number);
  }

  protected static void register(Storage on, OrgId org, int number) {
    on.hosts()
        .register(
            new Registration(
                name(number).host(),
                org,
                Host.Sharing.OWN,
                Labels.of(List.of("docker")),
                SIZE,
                1,
                List.of(),
                "0.1.0"),
            NOON);
  }

  protected final Machine found(int number) {
    return machines().find(name(number)).orElseThrow();
  }

  protected static List<String> names(List<Machine> machines) {
    return machines.stream().map(machine -> machine.name().value()).toList();
  }

  protected static List<String> names(int... numbers) {
    return Arrays.stream(numbers).mapToObj(number -> name(number).value()).toList();
  }
}
