package dev.nimbus.adapters.forges.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.kin.Connections;
import dev.nimbus.adapters.forges.kin.Started;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.kin.FakeGitea;
import dev.nimbus.testkit.forge.kin.FakeGitea.Release;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.tool.VendorProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gitea's own packages on the other side: its client, and its protocol of runners at both ends. */
@Tag("slow")
final class GiteaPeersTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final RunnerName NAME =
      RunnerName.of(new SandboxId(new JobId("j-1"), new Fence(1)));

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeGitea fake = FakeGitea.start(time, Release.V1_27);
  private final GiteaForge forge = open(fake.connection());

  @TempDir Path folder;
  private Path peer = Path.of("");

  @BeforeEach
  void findPeer() {
    peer = VendorProgram.file("gitea-peer", "go build, see .ci/run");
  }

  @AfterEach
  void stopFake() {
    fake.close();
  }

  @Test
  void itsRunnerProtocolRunsTheJobOfALaunch() throws Exception {
    var key = fake.queue(Wanted.job(fake.repository("acme/shop"), "nimbus", "linux"));
    var launch = ready(forge).launch();
    var file = registrationFile(launch);

    var ended = Started.run(List.of(peer.toString(), "run", file.toString()), folder);

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("acme/shop:", "RESULT_SUCCESS", "[answer]");
    assertThat(fake.statusOf(key)).isEqualTo("success");
    assertThat(fake.logOf(key)).hasSize(1).first().asString().contains("bytes of workflow");
    assertThat(fake.runners()).isEmpty();
    assertThat(Started.run(List.of(peer.toString(), "run", file.toString()), folder).output())
        .contains("unauthenticated: unregistered runner");
  }

  @Test
  void itsClientReadsWhatTheFakeWrites() throws Exception {
    var shop = fake.repository("acme/shop");
    fake.queue(Wanted.job(shop, "nimbus", "linux"));
    ready(forge);
    var command =
        List.of(
            peer.toString(),
            "list",
            fake.connection().url().toString(),
            fake.secrets().getOrDefault("token", ""),
            "acme");

    var ended = Started.run(command, folder);

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("\"name\":\"" + NAME + "\"", "\"ephemeral\":true", "\"status\":\"queued\"")
        .contains("\"labels\":[\"nimbus\",\"linux\"]", "\"created_at\":\"2026-01-01T12:00:00Z\"")
        .doesNotContain("\"token\":\"\"");
  }

  @Test
  void itsServerUnderstandsOurRegistration() throws Exception {
    fake.queue(Wanted.job(fake.repository("acme/shop"), "nimbus", "linux"));
    var job = forge.waiting(Optional.empty()).getFirst();
    var server = Started.begin(List.of(peer.toString(), "serve"), folder).start();
    try (var lines = server.inputReader()) {
      var there = open(Connections.at(fake.connection(), URI.create(lines.readLine())));

      var ready = (Registered.Ready) there.register(new RunnerSpec(NAME, job));

      assertThat(lines.readLine()).isEqualTo(NAME + " [nimbus linux] true");
      assertThat(ready.runnerId()).isEqualTo("23");
      assertThat(ready.launch().files().get(".runner"))
          .contains("\"token\":\"of the runner\"", "\"uuid\":\"2f7e0d5c-")
          .doesNotContain("of the organization");
    } finally {
      server.destroyForcibly();
    }
  }

  private Registered.Ready ready(GiteaForge at) {
    var job = at.waiting(Optional.empty()).getFirst();
    return (Registered.Ready) at.register(new RunnerSpec(NAME, job));
  }

  private Path registrationFile(RunnerLaunch launch) throws IOException {
    var text = launch.files().getOrDefault(".runner", "");
    return Files.writeString(folder.resolve("registration"), text);
  }

  private GiteaForge open(Connection connection) {
    Map<String, String> secrets = fake.secrets();
    return GiteaForge.open(connection, secrets, CLIENT, time, time::stepTo);
  }
}
