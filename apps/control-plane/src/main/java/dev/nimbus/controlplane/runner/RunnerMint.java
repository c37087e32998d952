package dev.nimbus.controlplane.runner;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.time.InstantSource;

/**
 * Registers the runner of a job with its forge, as late as can be: when the host that holds the job
 * is about to start it. The name follows from the job and its fence, so asking again is harmless
 * and a left-over is known for what it is.
 */
public final class RunnerMint {
  private final Storage storage;
  private final Connections connections;
  private final InstantSource time;
  private final Counter minted;

  public RunnerMint(Storage storage, Connections connections, InstantSource time, Metrics metrics) {
    this.storage = storage;
    this.connections = connections;
    this.time = time;
    this.minted =
        metrics.counter(
            "nimbus_control_plane_runners_registered_total",
            "Runners registered with forges, by what became of it",
            "org",
            "forge",
            "result");
  }

  /**
   * How to start the runner of a job. {@code CONFLICT} with {@code stale-fence} when the host does
   * not hold the job, with {@code nothing-to-serve} when its forge needs no runner any more; {@code
   * UNAVAILABLE} when it may be asked again; {@code DENIED} when a person must act.
   */
  public RunnerLaunch mint(HostId host, JobId job, Fence fence) {
    var org = holder(host, job, fence);
    var served = served(org, job);
    var connection =
        connections
            .find(served.connection())
            .filter(known -> known.org().equals(org))
            .orElseThrow(() -> nothing(job, "its connection is gone"));
    var sandbox = new SandboxId(job, fence);
    var repository = served.job().repository();
    storage.forges().registering(org, connection.id(), sandbox, repository, time.instant());
    var registered = register(connection, new RunnerSpec(RunnerName.of(sandbox), served.job()));
    return launch(connection, job, registered);
  }

  private Registered register(Connection connection, RunnerSpec spec) {
    try {
      return connections.forge(connection).register(spec);
    } catch (NimbusException e) {
      count(connection, "failed");
      throw e;
    }
  }

  private RunnerLaunch launch(Connection connection, JobId job, Registered registered) {
    return switch (registered) {
      case Registered.Ready(_, var launch) -> {
        count(connection, "ready");
        yield launch;
      }
      case Registered.Later(var notBefore, var why) -> {
        count(connection, "later");
        throw new NimbusException(
            Kind.UNAVAILABLE,
            "Cannot register the runner of job '%s' before %s: %s".formatted(job, notBefore, why));
      }
      case Registered.Refused(var why) -> {
        count(connection, "refused");
        throw new NimbusException(
            Kind.DENIED,
            "runner-refused",
            "Cannot register the runner of job '%s' with '%s': %s"
                .formatted(job, connection.name(), why));
      }
    };
  }

  private OrgId holder(HostId host, JobId job, Fence fence) {
    var held = fence.equals(storage.leases().heldBy(host).get(job));
    return storage
        .leases()
        .tenantOf(host, job, fence)
        .filter(_ -> held)
        .orElseThrow(
            () ->
                new NimbusException(
                    Kind.CONFLICT,
                    "stale-fence",
                    "Host '%s' does not hold job '%s' under fence %s".formatted(host, job, fence)));
  }

  private Served served(OrgId org, JobId job) {
    var served =
        storage
            .forges()
            .servedBy(org, job)
            .orElseThrow(() -> nothing(job, "no forge asked for it"));
    if (served.stage() != Stage.QUEUED) {
      throw nothing(job, "its forge says it is " + served.stage() + " " + served.conclusion());
    }
    return served;
  }

  private void count(Connection connection, String result) {
    minted.increment(connection.org().value(), connection.kind().word(), result);
  }

  private static NimbusException nothing(JobId job, String why) {
    return new NimbusException(
        Kind.CONFLICT, "nothing-to-serve", "Job '%s' needs no runner: %s".formatted(job, why));
  }
}
