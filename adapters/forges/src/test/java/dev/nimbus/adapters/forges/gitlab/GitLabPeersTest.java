package dev.nimbus.adapters.forges.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.kin.Started;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Proof;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.tool.VendorFile;
import dev.nimbus.testkit.tool.VendorProgram;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitLab's own client on the other side, and the webhooks it is itself tried with. */
@Tag("slow")
final class GitLabPeersTest {
  private static final RunnerName NAME =
      RunnerName.of(new SandboxId(new JobId("j-1"), new Fence(1)));

  private final SteppedTime time = new SteppedTime(Connections.NOON);
  private final FakeGitLab fake = FakeGitLab.start(time, Release.V19, Proof.SIGNATURE);
  private final Repository shop = fake.repository("acme/shop");
  private final GitLabForge forge =
      GitLabForge.open(
          fake.connection(), fake.secrets(), HttpClient.newHttpClient(), time, time::stepTo);
  private final List<Observed> calls = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private Path peer = Path.of("");

  @BeforeEach
  void findPeer() {
    peer = VendorProgram.file("gitlab-peer", "go build, see .ci/run");
  }

  @AfterEach
  void stopFake() {
    fake.close();
  }

  @Test
  void itsClientReadsWhatTheFakeWrites() throws Exception {
    var running = fake.queue(Wanted.job(shop, "nimbus", "linux"));
    fake.run(ready().launch());
    var waiting = fake.queue(Wanted.job(shop, "nimbus", "linux"));

    var said = peer("look", url(), token(), "acme", "acme/shop");

    assertThat(said)
        .contains("version {\"version\":\"19.4.1\"", "\"scopes\":[\"api\"]", "\"active\":true")
        .contains("\"path_with_namespace\":\"acme/shop\"", "\"builds_access_level\":\"enabled\"")
        .contains("\"tag_list\":[\"nimbus\",\"linux\"]", "\"id\":" + waiting.id())
        .contains("\"description\":\"" + NAME + "\"", "\"online\":true")
        .contains("\"id\":" + running.id(), "\"source_project_id\":999999");
  }

  @Test
  void itsClientMakesARunnerInTheWordsWeDo() throws Exception {
    fake.queue(Wanted.job(shop, "nimbus"));
    fake.observe(calls::add);
    ready();
    var project = field(made().getFirst(), "project_id");

    var said = peer("make", url(), token(), project);

    assertThat(said).contains("made {\"id\":", "\"token\":\"glrt-", "\"paused\":true");
    var bodies = made();
    assertThat(bodies).hasSize(2);
    assertThat(new TreeSet<>(bodies.getFirst().keySet()))
        .isEqualTo(new TreeSet<>(bodies.getLast().keySet()));
    assertThat(fake.runners()).containsExactly(NAME.value());
  }

  @Test
  void itReadsTheWebhooksOfTheFake() throws Exception {
    var job = fake.queue(Wanted.job(shop, "nimbus"));
    fake.steal(job, "somebody-else");
    var file = Files.write(folder.resolve("hook.json"), fake.sent().getLast().body());

    assertThat(peer("hook", file.toString()))
        .isEqualTo("build %s running 0 %s/acme/shop somebody-else\n".formatted(job.id(), url()));
  }

  @Test
  void theWebhooksItIsTriedWithAreUnderstood() throws Exception {
    assertThat(event("job.json", "https://gitlab.com", "jsmithy2"))
        .isEqualTo(
            new Event.JobFinished(
                new ForgeJobKey("3580121225", 1),
                new Repository("jsmithy2/release-tools-fake"),
                "4-blue.shared.runners-manager.gitlab.com/default",
                "success"));
    assertThat(event("build.json", "https://192.168.64.1:3005", "gitlab-org"))
        .isInstanceOf(Event.Ignored.class);
    assertThat(event("pipeline.json", "https://gitlab.com", "")).isInstanceOf(Event.Rejected.class);
  }

  private static Event event(String name, String url, String owner) throws IOException {
    var body = Files.readAllBytes(VendorFile.of("gitlab/" + name, "go, see .ci/run"));
    var connection = Connections.of(url, owner, List.of(), Map.of());
    var hooks =
        new Hooks(SettingsReader.read(connection, Map.of("token", "t", "webhook_token", "hush")));
    var headers =
        Map.of("X-Gitlab-Token", "hush", "X-Gitlab-Event", "Job Hook", "Idempotency-Key", "7");
    return hooks.parse(new Delivery(headers, body, Connections.NOON)).event();
  }

  private Registered.Ready ready() {
    var job = forge.waiting(Optional.empty()).getFirst();
    return (Registered.Ready) forge.register(new RunnerSpec(NAME, job));
  }

  /** What was sent to make runners. */
  private List<Map<?, ?>> made() {
    var bodies = new ArrayList<Map<?, ?>>();
    calls.stream()
        .filter(call -> call.path().endsWith("/user/runners"))
        .forEach(
            call -> bodies.add(Json.read(call.body().getBytes(StandardCharsets.UTF_8), Map.class)));
    return bodies;
  }

  private static String field(Map<?, ?> body, String name) {
    return String.valueOf(body.get(name));
  }

  private String peer(String... words) throws Exception {
    var command = new ArrayList<>(List.of(peer.toString()));
    command.addAll(List.of(words));
    var ended = Started.run(command, folder);
    assertThat(ended.code()).as(ended.output()).isZero();
    return ended.output();
  }

  private String url() {
    return fake.connection().url().toString();
  }

  private String token() {
    return fake.secrets().getOrDefault("token", "");
  }
}
