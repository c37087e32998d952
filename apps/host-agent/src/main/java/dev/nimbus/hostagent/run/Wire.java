package dev.nimbus.hostagent.run;

import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.job.Work;
import dev.nimbus.hostagent.lease.Holding;
import dev.nimbus.hostagent.lease.Report;
import dev.nimbus.hostagent.sweep.HeldJob;
import dev.nimbus.service.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between what crosses the network and what the agent thinks in. Pure. */
final class Wire {
  private static final int SPREAD = 0xffff;

  private Wire() {}

  static SandboxId id(Grant grant) {
    return new SandboxId(new JobId(grant.job()), new Fence(grant.fence()));
  }

  static HeldJob held(Grant grant, Instant now) {
    var id = id(grant);
    var holding =
        new Holding(
            id,
            Duration.ofMillis(grant.ttlMs()),
            Duration.ofMillis(grant.timeoutMs()),
            grant.memoryBytes(),
            (id.hashCode() & SPREAD) / (double) SPREAD);
    var size = new Size(grant.milliCpus(), grant.memoryBytes());
    var secrets = Stream.ofNullable(grant.cacheToken()).map(Secret::new).toList();
    return new HeldJob(
        holding, size, grant.services().logsUrl(), secrets, grant.runner() != null, now);
  }

  /** What the job wants, and the few variables that tell it where it is. */
  static JobSpec spec(Grant grant, HostFacts host) {
    var environment = new HashMap<>(grant.env());
    environment.put("CI", environment.getOrDefault("CI", "true"));
    environment.put("NIMBUS_JOB_ID", grant.job());
    environment.put("NIMBUS_ATTEMPT", Long.toString(grant.fence()));
    environment.put("NIMBUS_HOST", host.id().value());
    environment.put("NIMBUS_REPOSITORY", grant.repository());
    var cacheToken = grant.cacheToken();
    if (cacheToken != null) {
      environment.put("NIMBUS_CACHE_URL", grant.services().cacheUrl());
      environment.put("NIMBUS_CACHE_TOKEN", cacheToken);
    }
    return new JobSpec(
        work(grant),
        environment,
        grant.image(),
        Duration.ofMillis(grant.timeoutMs()),
        NetworkAccess.valueOf(grant.network().toUpperCase(Locale.ROOT)));
  }

  private static Work work(Grant grant) {
    var runner = grant.runner();
    return runner == null
        ? new Work.Command(grant.command())
        : new Work.Runner(ForgeKind.parse(runner));
  }

  static FinishRequest finish(HostFacts host, SandboxId id, Report report, Usage used) {
    var fence = id.fence().value();
    return switch (report) {
      case Report.Finished(var outcome) ->
          new FinishRequest(
              host.id().value(),
              fence,
              outcome.conclusion().name().toLowerCase(Locale.ROOT),
              outcome.exitCode(),
              outcome.reason(),
              false,
              known(used.cpu().toMillis()),
              known(used.peakMemoryBytes()));
      case Report.Postponed(var why) ->
          new FinishRequest(host.id().value(), fence, "not_now", 0, why, false);
      case Report.GivenBack(var why, var counts) ->
          new FinishRequest(host.id().value(), fence, "not_run", 0, why, counts);
    };
  }

  private static @Nullable Long known(long amount) {
    return amount > 0 ? amount : null;
  }

  static RegisterHost register(HostFacts host, List<SandboxId> held) {
    return new RegisterHost(
        host.id().value(),
        host.shared(),
        List.copyOf(host.labels().values()),
        host.capacity().milliCpus(),
        host.capacity().memoryBytes(),
        host.slots(),
        host.reductions(),
        host.version(),
        held.stream().map(SandboxId::name).toList());
  }

  static LeaseRequest ask(HostFacts host, Room room, Duration wait) {
    return new LeaseRequest(
        host.id().value(),
        room.free().milliCpus(),
        room.free().memoryBytes(),
        room.slots(),
        wait.toMillis());
  }
}
