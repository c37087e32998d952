package dev.nimbus.adapters.forges.forgejo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.kin.Started;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.kin.FakeForgejo;
import dev.nimbus.testkit.forge.kin.FakeForgejo.Release;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.tool.VendorProgram;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A runner for Forgejo that somebody else wrote from Forgejo's protocol, {@code snakey_runner}: it
 * takes the credential Nimbus made, and runs a job the fake has.
 */
@Tag("slow")
final class SnakeyRunnerTest {
  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeForgejo fake = FakeForgejo.start(time, Release.V15);
  private final ForgejoForge forge =
      ForgejoForge.open(
          fake.connection(), fake.secrets(), HttpClient.newHttpClient(), time, time::stepTo);

  @TempDir Path folder;

  @AfterEach
  void stopFake() {
    fake.close();
  }

  @Test
  void aRunnerNobodyHereWroteRunsAJob() throws Exception {
    var program = VendorProgram.file("snakey_runner", "pip install, see .ci/run").toString();
    var key = fake.queue(Wanted.job(fake.repository("acme/shop"), "nimbus", "linux"));
    var launch = launch();
    Files.createDirectories(folder.resolve("home/.config/snakey-runner"));
    var over = new CompletableFuture<Void>();
    fake.observe(
        call -> {
          if (call.status() >= 400) {
            over.completeExceptionally(new AssertionError("Refused by the fake: " + call));
          }
          if (!List.of("waiting", "running").contains(fake.statusOf(key))) {
            over.complete(null);
          }
        });

    var declared = Started.run(declaring(program, launch), folder);
    assertThat(declared.code()).as(declared.output()).isZero();
    var output = folder.resolve("run");
    var running =
        Started.begin(List.of(program, "run"), folder).redirectOutput(output.toFile()).start();
    try {
      CompletableFuture.anyOf(over, running.onExit()).join();
    } finally {
      running.destroyForcibly().waitFor();
    }

    assertThat(fake.statusOf(key)).as(Files.readString(output)).isEqualTo("success");
    assertThat(fake.logOf(key)).contains(fake.lineOf(key));
    assertThat(fake.runners()).isEmpty();
  }

  private RunnerLaunch launch() {
    var job = forge.waiting(Optional.empty()).getFirst();
    var name = RunnerName.of(new SandboxId(new JobId("j-1"), new Fence(1)));
    return ((Registered.Ready) forge.register(new RunnerSpec(name, job))).launch();
  }

  /** Writes the program's configuration and says its labels. */
  private List<String> declaring(String program, RunnerLaunch launch) {
    var words = launch.command();
    return List.of(
        program,
        "setup",
        "--url",
        words.get(words.indexOf("--url") + 1),
        "--uuid",
        words.get(words.indexOf("--uuid") + 1),
        "--token",
        launch.files().getOrDefault("token", ""),
        "-l",
        "nimbus",
        "-l",
        "linux");
  }
}
