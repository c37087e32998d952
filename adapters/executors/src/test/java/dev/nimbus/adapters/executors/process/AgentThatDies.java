package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A program that starts a sandbox, says so, and waits to be killed. */
final class AgentThatDies {
  private AgentThatDies() {}

  public static void main(String[] arguments) throws InterruptedException {
    var config =
        ProcessExecutorConfig.at(Path.of(arguments[0])).with(LauncherKind.valueOf(arguments[1]));
    var command = List.of("sh", "-c", arguments[3]);
    var job =
        new JobSpec(
            command, Map.of(), JobSpec.HOST_IMAGE, Duration.ofMinutes(1), NetworkAccess.NONE);
    var size = new Size(1_000, 64L * 1024 * 1024);
    var spec =
        new SandboxSpec(
            SandboxId.parse(arguments[2]), job, size, new DiskLimits(8 << 20, 0), 64, 1024 * 1024);
    var sandbox = ProcessExecutor.open(config).start(spec);
    System.out.println("started " + sandbox.id());
    new CountDownLatch(1).await();
  }
}
