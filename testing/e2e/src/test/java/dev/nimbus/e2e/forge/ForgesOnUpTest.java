package dev.nimbus.e2e.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.client.Query;
import dev.nimbus.api.job.JobView;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.e2e.browser.Browser;
import dev.nimbus.e2e.browser.Chromium;
import dev.nimbus.e2e.docs.Tree;
import dev.nimbus.e2e.system.Await;
import dev.nimbus.e2e.system.Machine;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.kin.FakeForgejo;
import dev.nimbus.testkit.forge.kin.FakeGitea;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The examples, applied to a real {@code nimbus up}, against forges in memory: their jobs run in
 * real sandboxes, by scripts that stand for the forges' runners.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ForgesOnUpTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Forgejo 15 does not say whose code a job runs. */
  private static final String POLICY = "unknown_origin: admit\n";

  private final Map<ForgeKind, FakeForge> forges = new EnumMap<>(ForgeKind.class);
  private final Map<ForgeKind, RunnerDesk> desks = new EnumMap<>(ForgeKind.class);
  private final Map<ForgeKind, Integer> sent = new EnumMap<>(ForgeKind.class);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Machine machine;
  private final Path folder;

  ForgesOnUpTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    var tools = Files.createDirectories(folder.resolve("tools"));
    for (var kind : ForgeKind.values()) {
      var forge = started(kind);
      forges.put(kind, forge);
      desks.put(kind, RunnerDesk.open(kind, forge, tools));
    }
    machine =
        Machine.start(
            Files.createDirectories(folder.resolve("machine")),
            Map.of(
                "NIMBUS_AGENT_RUNNER_TOOLS",
                tools.toString(),
                "NIMBUS_JOB_POLICY_PATH",
                Files.writeString(folder.resolve("policy.yaml"), POLICY).toString()));
  }

  @BeforeAll
  void apply() throws IOException {
    for (var kind : ForgeKind.values()) {
      var example = example(kind);
      var applied = machine.cli().with(secrets(kind)).run("apply", "-f", example.toString());
      assertThat(applied.exitCode()).as(applied.toString()).isZero();
      assertThat(applied.out()).contains("acme-" + kind.word(), "/webhooks/" + kind.word());
    }
  }

  @AfterAll
  void stop() {
    machine.close();
    desks.values().forEach(RunnerDesk::close);
    forges.values().forEach(FakeForge::close);
    http.close();
  }

  @ParameterizedTest
  @EnumSource
  void aJobOfAForgeRunsAndIsShownWithItsForge(ForgeKind kind) {
    var forge = forge(kind);
    var key = forge.queue(Wanted.job(forge.repository("acme/shop"), "nimbus"));

    var job =
        Await.value(
            PATIENCE,
            () -> "the end of job " + key + " of " + kind + ": " + jobs() + machine.daemon(),
            () -> {
              deliver(kind);
              return ended(kind, key.id());
            });

    assertThat(job.state()).isEqualTo("succeeded");
    assertThat(desk(kind).ran()).contains(key);
    assertThat(machine.cli().run("jobs", "show", job.id()).out())
        .contains(kind.word() + " job " + key.id());
    assertThat(machine.cli().run("forge", "check", "acme-" + kind.word()).exitCode()).isZero();
  }

  @Test
  void aStrangersForkIsShownRefusedWithTheReason() throws Exception {
    var forge = forge(ForgeKind.GITHUB);
    var key = forge.queue(Wanted.job(forge.repository("acme/shop"), "nimbus").fromFork());
    var job =
        Await.value(
            PATIENCE,
            () -> "the refusal of " + key + ": " + jobs(),
            () -> {
              deliver(ForgeKind.GITHUB);
              return ended(ForgeKind.GITHUB, key.id());
            });
    assertThat(job.state()).isEqualTo("rejected");

    try (var chromium = Chromium.start()) {
      var browser = chromium.open();
      browser.open(machine.url().resolve(machine.client().signInLink().path()));
      showsRefusal(browser, job);
      browser.close();
    }
  }

  private void showsRefusal(Browser browser, JobView job) {
    var row = "tr.job-row:has([data-job='" + job.id() + "'])";
    browser.waitForText(row + " .job-link", "build / test");
    browser.waitForText(row + " .forge", "GitHub");
    browser.waitForText(row + " .job-reason", "fork");
    browser.click(row + " .job-link", "build");
    browser.waitForText(".facts", "pull_request");
    assertThat(browser.evaluate("document.querySelector('.facts a.forge').rel"))
        .isEqualTo("noopener noreferrer");
    assertThat(browser.complaints()).isEmpty();
  }

  private Optional<JobView> ended(ForgeKind kind, String key) {
    return jobs().stream()
        .filter(job -> job.forge() != null && job.forge().kind().equals(kind.word()))
        .filter(job -> job.forge() != null && job.forge().job().equals(key))
        .filter(JobView::ended)
        .findFirst();
  }

  private List<JobView> jobs() {
    return machine.client().jobs(new Query().with("limit", "100")).items();
  }

  /** Brings the forge's webhooks, as it would. */
  private void deliver(ForgeKind kind) {
    var all = forge(kind).sent();
    for (var next = sent.getOrDefault(kind, 0); next < all.size(); next++) {
      var delivery = all.get(next);
      var request =
          HttpRequest.newBuilder(machine.url().resolve("/webhooks/" + kind.word()))
              .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
      delivery.headers().forEach(request::setHeader);
      try {
        var response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError("Cannot bring a webhook of " + kind, e);
      }
      sent.put(kind, next + 1);
    }
  }

  /** The example as a person would change it: where the forge is, and the number of the App. */
  private Path example(ForgeKind kind) throws IOException {
    var connection = forge(kind).connection();
    var text =
        Tree.here()
            .text("examples/" + kind.word() + ".yaml")
            .replaceFirst("url: \\S+", "url: " + connection.url())
            .replace("\"123456\"", "\"" + connection.option("app_id", "") + "\"");
    var key = forge(kind).secrets().getOrDefault("private_key", "");
    Files.writeString(folder.resolve("acme-github.pem"), key);
    return Files.writeString(folder.resolve(kind.word() + ".yaml"), text);
  }

  private Map<String, String> secrets(ForgeKind kind) {
    var secrets = forge(kind).secrets();
    var environment = new HashMap<String, String>();
    environment.put("ACME_WEBHOOK_SECRET", secrets.getOrDefault(FakeForge.WEBHOOK_SECRET, ""));
    environment.put("ACME_" + kind.name() + "_TOKEN", secrets.getOrDefault("token", ""));
    return environment;
  }

  private FakeForge forge(ForgeKind kind) {
    return Optional.ofNullable(forges.get(kind)).orElseThrow();
  }

  private RunnerDesk desk(ForgeKind kind) {
    return Optional.ofNullable(desks.get(kind)).orElseThrow();
  }

  private static FakeForge started(ForgeKind kind) {
    return switch (kind) {
      case GITHUB -> FakeGitHub.start(SystemTime.clock());
      case FORGEJO -> FakeForgejo.start(SystemTime.clock(), FakeForgejo.Release.V15);
      case GITEA -> FakeGitea.start(SystemTime.clock(), FakeGitea.Release.V1_27);
      case GITLAB ->
          FakeGitLab.start(SystemTime.clock(), FakeGitLab.Release.V19, FakeGitLab.Proof.SIGNATURE);
    };
  }
}
