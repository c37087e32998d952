package dev.nimbus.adapters.forges.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Proof;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only GitLab asks for. */
final class GitLabDetailsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final RunnerName NAME =
      RunnerName.of(new SandboxId(new JobId("j-1"), new Fence(1)));

  private final SteppedTime time = new SteppedTime(Connections.NOON);
  private final FakeGitLab fake = FakeGitLab.start(time, Release.V18, Proof.SIGNATURE);
  private final GitLabForge forge = open(fake.connection());
  private final Repository shop = fake.repository("acme/shop");
  private final List<Observed> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopFake() {
    fake.close();
  }

  @Test
  void groupsWithinTheGroupAreItsOwn() {
    var deep = fake.repository("acme/tools/ci/runner");
    var key = fake.queue(Wanted.job(deep, "nimbus"));

    assertThat(forge.waiting(Optional.empty()).stream().map(ForgeJob::key)).containsExactly(key);
    assertThat(forge.waiting(Optional.empty()).getFirst().owner()).isEqualTo("acme");
    assertThat(forge.parse(fake.sent().getLast()).event()).isEqualTo(new Event.LookAt(deep));
  }

  @Test
  void anOwnerMayBeAPerson() {
    fake.person("acme");
    var key = fake.queue(Wanted.job(shop, "nimbus"));

    assertThat(forge.waiting(Optional.empty()).stream().map(ForgeJob::key)).containsExactly(key);
  }

  @Test
  void aProjectThatMayNotBeSeenHidesNoOther() {
    var key = fake.queue(Wanted.job(shop, "nimbus"));
    fake.hide(fake.repository("acme/secret"));
    assertThat(forge.waiting(Optional.empty()).stream().map(ForgeJob::key)).containsExactly(key);

    fake.hide(shop);
    assertThatThrownBy(() -> forge.waiting(Optional.empty())).hasMessageContaining("none of 2");
  }

  @Test
  void aProjectThatIsNamedAndMayNotBeSeenIsSaid() {
    fake.hide(shop);

    assertThatThrownBy(() -> forge.waiting(Optional.of(shop))).hasMessageContaining("acme%2Fshop");
  }

  @Test
  void quietProjectsAreLookedAtInTurnAndNoneIsLeftOut() {
    var active = fake.queue(Wanted.job(shop, "nimbus"));
    var expected = new TreeSet<String>();
    for (var number = 0; number < 120; number++) {
      var quiet = fake.repository("acme/quiet-" + number);
      expected.add(fake.queue(Wanted.job(quiet, "nimbus")).id());
      fake.quietSince(quiet, Connections.NOON.minus(Duration.ofDays(30)));
    }
    var seen = new TreeSet<String>();
    for (var turn = 0; turn < 3; turn++) {
      var now = forge.waiting(Optional.empty()).stream().map(job -> job.key().id()).toList();
      assertThat(now).contains(active.id()).hasSizeLessThanOrEqualTo(51);
      seen.addAll(now);
    }

    expected.add(active.id());
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void aFirstProjectIsSeenAtOnce() {
    var other = open(Connections.with(fake.connection(), "globex", List.of(), Map.of()));
    assertThat(other.waiting(Optional.empty())).isEmpty();
    assertThat(other.check()).anyMatch(finding -> !finding.fine());

    var key = fake.queue(Wanted.job(fake.repository("globex/shop"), "nimbus"));
    assertThat(other.waiting(Optional.empty()).stream().map(ForgeJob::key)).containsExactly(key);
    assertThat(other.check()).allMatch(Finding::fine);
  }

  @Test
  void projectsAreListedOnceInAWhile() {
    fake.observe(calls::add);
    forge.waiting(Optional.empty());
    forge.waiting(Optional.empty());
    assertThat(called("GET", "/groups/acme/projects")).hasSize(1);

    time.step(Duration.ofMinutes(3));
    forge.waiting(Optional.empty());
    assertThat(called("GET", "/groups/acme/projects")).hasSize(2);
  }

  @Test
  void aPipelineThatDoesNotSayItsSourceIsAskedOnce() {
    fake.observe(calls::add);
    fake.queue(Wanted.job(shop, "nimbus"));
    forge.waiting(Optional.empty());
    var job = forge.waiting(Optional.empty()).getFirst();

    assertThat(job.event()).isEqualTo("push");
    assertThat(job.trust()).isEqualTo(Trust.MEMBER);
    assertThat(called("GET", "/pipelines/")).hasSize(1);
  }

  @Test
  void aRunnerIsMadeForTheProjectAndTheTagsOfItsJob() {
    fake.observe(calls::add);
    ready(fake.queue(Wanted.job(shop, "nimbus", "cpus:4")).id());

    assertThat(called("POST", "/user/runners").getFirst().body())
        .contains("\"runner_type\":\"project_type\"", "\"project_id\":")
        .contains("\"description\":\"" + NAME + "\"", "\"locked\":true", "\"paused\":false")
        .contains("\"tag_list\":[\"nimbus\",\"cpus:4\",\"nimbus-runner\"]")
        .contains("\"run_untagged\":false")
        .doesNotContain("maximum_timeout");
  }

  @Test
  void aJobWithoutTagsGetsARunnerThatTakesSuch() {
    var key = fake.queue(Wanted.job(shop));
    var ready = ready(key.id());

    assertThat(fake.run(ready.launch())).contains(key);
  }

  @Test
  void aRunnerTakesNoJobOfAnotherProject() {
    var key = fake.queue(Wanted.job(shop, "nimbus"));
    var ready = ready(key.id());
    fake.cancel(key);
    fake.queue(Wanted.job(fake.repository("acme/site"), "nimbus"));

    assertThat(fake.run(ready.launch())).isEmpty();
  }

  @Test
  void aLimitForJobsIsTheRunners() {
    fake.observe(calls::add);
    var limited = open(with(Map.of("maximum_timeout", "7200")));
    fake.queue(Wanted.job(shop, "nimbus"));
    limited.register(new RunnerSpec(NAME, forge.waiting(Optional.empty()).getFirst()));

    assertThat(called("POST", "/user/runners").getFirst().body())
        .contains("\"maximum_timeout\":7200");
  }

  @Test
  void theProgramIsStartedForOneJobWithItsTokenInAFile() {
    var launch = ready(fake.queue(Wanted.job(shop, "nimbus")).id()).launch();

    assertThat(launch.command())
        .containsExactly(
            "{tool}/gitlab-runner",
            "run-single",
            "--config",
            "{files}/config.toml",
            "--runner",
            NAME.value(),
            "--max-builds",
            "1",
            "--wait-timeout",
            "300");
    assertThat(launch.files().get("config.toml"))
        .startsWith("concurrent = 1\n\n[[runners]]\n")
        .contains("  name = \"" + NAME + "\"\n", "  url = \"" + fake.connection().url() + "\"\n")
        .contains("  token = \"glrt-", "  executor = \"shell\"\n");
  }

  @Test
  void aRunnerIsPausedBeforeItsJobsAreLookedAt() {
    ready(fake.queue(Wanted.job(shop, "nimbus")).id());
    fake.observe(calls::add);

    assertThat(forge.unregister(NAME, shop)).isEqualTo(Retired.GONE);
    assertThat(calls.stream().map(Observed::method)).containsExactly("GET", "PUT", "GET", "DELETE");
  }

  @Test
  void aRunnerWhoseJobIsBeingCancelledIsBusy() {
    var key = fake.queue(Wanted.job(shop, "nimbus"));
    fake.run(ready(key.id()).launch());
    fake.observe(calls::add);
    fake.cancelSlowly(key);

    assertThat(forge.unregister(NAME, shop)).isEqualTo(Retired.BUSY);
    assertThat(called("DELETE", "/runners/")).isEmpty();
  }

  @Test
  void theRunnersOfAnInstanceNeedAnAdministrator() {
    var instance = open(Connections.with(fake.connection(), "", List.of(), Map.of()));
    assertThat(instance.check().stream().filter(finding -> !finding.fine()).map(Finding::advice))
        .containsExactly(
            "an empty owner is the whole instance, which needs an administrator's token");

    fake.administrator();
    assertThat(instance.check()).allMatch(Finding::fine);
    fake.queue(Wanted.job(fake.repository("globex/shop"), "nimbus"));
    time.step(Duration.ofMinutes(3));
    var job = instance.waiting(Optional.empty()).getFirst();
    assertThat(instance.register(new RunnerSpec(NAME, job))).isInstanceOf(Registered.Ready.class);
    assertThat(instance.runners().stream().map(ForgeRunner::name)).containsExactly(NAME);
  }

  @Test
  void aWebhookGitLabDoesNotSendAnyMoreIsSaid() {
    fake.hook("acme", "executable");
    assertThat(forge.check()).allMatch(Finding::fine).anyMatch(GitLabDetailsTest::aboutTheWebhook);

    fake.hook("acme", "temporarily_disabled");
    assertThat(
            forge.check().stream().filter(GitLabDetailsTest::aboutTheWebhook).map(Finding::advice))
        .singleElement()
        .asString()
        .contains("'temporarily_disabled'");
  }

  @Test
  void whereTheGroupHasNoWebhookThatOfAProjectIsLookedAt() {
    fake.hook("acme/shop", "disabled");

    assertThat(forge.check()).anyMatch(finding -> aboutTheWebhook(finding) && !finding.fine());
  }

  @Test
  void givingUpTwiceIsNoMistake() {
    fake.queue(Wanted.job(shop, "nimbus"));
    var job = forge.waiting(Optional.empty()).getFirst();

    assertThat(forge.giveUp(job, "no host")).isTrue();
    assertThat(forge.giveUp(job, "no host yet")).isTrue();
    assertThat(fake.saidOf(job.key())).isEqualTo("no host");
  }

  @Test
  void callsLeftAreToldByTheNameOfTheLimit() {
    forge.waiting(Optional.of(shop));

    assertThat(forge.callsLeft())
        .containsExactly(Map.entry("throttle_authenticated_api", (long) FakeGitLab.PER_MINUTE - 1));
  }

  @Test
  void noLimitIsBrokenHoweverOftenItIsAsked() {
    try (var strict = FakeGitLab.start(time, Release.V19, Proof.SIGNATURE, 60)) {
      var asking = open(strict.connection());
      for (var number = 0; number < 30; number++) {
        strict.queue(Wanted.job(strict.repository("acme/shop-" + number), "nimbus"));
      }
      for (var turn = 0; turn < 10; turn++) {
        assertThat(asking.waiting(Optional.empty())).hasSize(30);
      }

      assertThat(strict.refused()).isZero();
    }
  }

  private static boolean aboutTheWebhook(Finding finding) {
    return finding.what().contains("webhook 5");
  }

  private List<Observed> called(String method, String part) {
    return calls.stream()
        .filter(call -> call.method().equals(method) && call.path().contains(part))
        .toList();
  }

  private Registered.Ready ready(String id) {
    var job =
        forge.waiting(Optional.empty()).stream()
            .filter(one -> one.key().id().equals(id))
            .findFirst()
            .orElseThrow();
    return (Registered.Ready) forge.register(new RunnerSpec(NAME, job));
  }

  private Connection with(Map<String, String> options) {
    return Connections.with(fake.connection(), "acme", List.of(), options);
  }

  private GitLabForge open(Connection connection) {
    return GitLabForge.open(connection, fake.secrets(), CLIENT, time, time::stepTo);
  }
}
