package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.OrgProvider;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.Vault;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries intents to providers: launches machines that are asked for, terminates those that are
 * ending. Everything is asked again until it is known how it went, so a crash at any point only
 * delays; what is repeated is the same request.
 */
public final class MachineCalls {
  private static final Logger LOG = LoggerFactory.getLogger(MachineCalls.class);

  /**
   * Calls to one account, of each kind: a provider may take minutes to say that it has a machine.
   */
  private static final int AT_ONCE = 32;

  private final Storage storage;
  private final MachineStore machines;
  private final Accounts accounts;
  private final Vault vault;
  private final Health health;
  private final Executor threads;
  private final InstantSource time;
  private final Counter calls;
  private final Set<MachineName> underway = ConcurrentHashMap.newKeySet();
  private final Map<Room, Semaphore> rooms = new ConcurrentHashMap<>();

  MachineCalls(
      Storage storage,
      Accounts accounts,
      Vault vault,
      Health health,
      Executor threads,
      InstantSource time,
      Metrics metrics) {
    this.storage = storage;
    this.machines = storage.machines();
    this.accounts = accounts;
    this.vault = vault;
    this.health = health;
    this.threads = threads;
    this.time = time;
    this.calls =
        metrics.counter(
            "nimbus_provider_calls_total",
            "Calls to providers of machines, by how they ended",
            "provider",
            "op",
            "result");
  }

  /** Begins whatever is to be done for these machines and is not being done yet. */
  void begin(Iterable<Machine> live) {
    for (var machine : live) {
      switch (machine.stage()) {
        case ASKED -> alone(machine, this::launch);
        case ENDING -> alone(machine, this::terminate);
        case BOOTING, READY, GONE -> {}
      }
    }
  }

  private void alone(Machine machine, Call call) {
    if (underway.add(machine.name())) {
      threads.execute(() -> run(machine, call));
    }
  }

  private void run(Machine machine, Call call) {
    var account = new OrgProvider(machine.org(), machine.cell().provider());
    var room =
        rooms.computeIfAbsent(
            new Room(account, machine.stage()), _ -> new Semaphore(AT_ONCE, true));
    try {
      room.acquire();
      try {
        call.on(machine);
      } finally {
        room.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // One machine's fault is not to be the others'.
      LOG.atWarn()
          .addKeyValue("machine", machine.name())
          .addKeyValue("stage", machine.stage().word())
          .addKeyValue("why", e.getMessage())
          .log("A provider did not answer as it should; it is asked again");
    } finally {
      underway.remove(machine.name());
    }
  }

  private void launch(Machine machine) {
    var account = account(machine);
    var unanswered = machines.unanswered(machine.name());
    if (unanswered.isEmpty()) {
      return;
    }
    var spec = whole(unanswered.get());
    var provider = accounts.provider(account);
    var asked = new Health.Revisions(poolRevision(machine), account.revision());
    var answer = counted(machine, "launch", () -> provider.launch(spec));
    health.answered(machine, answer, asked, time.instant());
    switch (answer) {
      case Launch.Launched(var instance) -> launched(machine, provider, instance.ref());
      case Launch.OutOfCapacity(var why) -> never(machine, why);
      case Launch.OverQuota(var why) -> never(machine, why);
      case Launch.Throttled(var why, _) -> never(machine, why);
      case Launch.Refused(var why) -> never(machine, why);
    }
  }

  private void launched(Machine machine, Provider provider, InstanceRef there) {
    if (!machines.launched(machine.name(), there.id(), time.instant())) {
      provider.terminate(there);
    }
  }

  /** The provider made none: there is nothing to end. */
  private void never(Machine machine, String why) {
    var now = time.instant();
    LOG.atInfo()
        .addKeyValue("machine", machine.name())
        .addKeyValue("cell", machine.cell())
        .addKeyValue("why", why)
        .log("No machine was made");
    if (machines.retire(machine.name(), new Machine.End(EndCause.REFUSED, why), false, now)) {
      machines.gone(machine.name(), now);
    }
  }

  private void terminate(Machine machine) {
    var provider = accounts.provider(account(machine));
    counted(
        machine,
        "terminate",
        () -> {
          provider.terminate(machine.ref());
          return true;
        });
  }

  private <T> T counted(Machine machine, String operation, java.util.function.Supplier<T> call) {
    var provider = machine.cell().provider().value();
    try {
      var answer = call.get();
      var result = answer instanceof Launch launch ? word(launch) : "done";
      calls.add(1, provider, operation, result);
      return answer;
    } catch (NimbusException e) {
      calls.add(1, provider, operation, "failed");
      throw e;
    }
  }

  private static String word(Launch launch) {
    return switch (launch) {
      case Launch.Launched _ -> "done";
      case Launch.OutOfCapacity _ -> "out_of_capacity";
      case Launch.OverQuota _ -> "over_quota";
      case Launch.Throttled _ -> "throttled";
      case Launch.Refused _ -> "refused";
    };
  }

  private MachineSpec whole(MachineStore.Unanswered unanswered) {
    var spec = unanswered.spec();
    var clear = vault.open(MachineOrders.place(spec.name()), unanswered.userData());
    return new MachineSpec(
        spec.name(),
        spec.owner(),
        spec.cell(),
        spec.diskGib(),
        new String(clear, StandardCharsets.UTF_8),
        spec.maxLife());
  }

  private ProviderAccount account(Machine machine) {
    return accounts
        .find(machine.org(), machine.cell().provider())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Machine %s is of provider '%s', which is gone"
                        .formatted(machine.name(), machine.cell().provider())));
  }

  private long poolRevision(Machine machine) {
    return storage.pools().find(machine.org(), machine.pool()).map(Pool::revision).orElse(0L);
  }

  /** Launches and ends have rooms of their own, so that neither keeps the other waiting. */
  private record Room(OrgProvider account, Stage stage) {}

  /** One call about one machine. */
  private interface Call {
    void on(Machine machine);
  }
}
