package dev.nimbus.adapters.forges.forgejo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.kin.Started;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.ForgeJob;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code forgejo-runner}, started as Nimbus starts it. No package registry has it, so that
 * a build server cannot be made to have it either: it is used where somebody installed it.
 */
@Tag("slow")
final class ForgejoRunnerTest {
  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeForgejo fake = FakeForgejo.start(time, Release.V15);
  private final ForgejoForge forge =
      ForgejoForge.open(
          fake.connection(), fake.secrets(), HttpClient.newHttpClient(), time, time::stepTo);

  @TempDir Path folder;
  private Path program = Path.of("");

  @BeforeEach
  void findProgram() {
    var found = VendorProgram.find("forgejo-runner");
    Assumptions.assumeTrue(
        found.isPresent(), "This test needs forgejo-runner 12.8 or newer on the path");
    program = found.orElseThrow();
  }

  @AfterEach
  void stopFake() {
    fake.close();
  }

  @Test
  void theRealRunnerRunsTheJobItIsForAndNoOther() throws Exception {
    var shop = fake.repository("acme/shop");
    var older = fake.queue(Wanted.job(shop, "nimbus", "linux"));
    var key = fake.queue(Wanted.job(shop, "nimbus", "linux"));
    var job = job(key.id());
    var name = RunnerName.of(new SandboxId(new JobId("j-1"), new Fence(1)));
    var ready = (Registered.Ready) forge.register(new RunnerSpec(name, job));

    var ended = Started.run(ready.launch(), program.resolveSibling(""), folder);

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(fake.logOf(key)).anyMatch(line -> line.equals(fake.lineOf(key)));
    assertThat(fake.statusOf(key)).isEqualTo("success");
    assertThat(fake.statusOf(older)).isEqualTo("waiting");
    assertThat(fake.runners()).isEmpty();
    assertThat(ended.output()).doesNotContain(ready.launch().files().get("token"));
  }

  private ForgeJob job(String id) {
    return forge.waiting(Optional.empty()).stream()
        .filter(one -> one.key().id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
