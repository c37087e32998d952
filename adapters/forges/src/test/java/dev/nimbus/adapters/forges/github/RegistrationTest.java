package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegistrationTest extends GitHubCase {
  @Test
  void aRunnerHasTheLabelsOfItsJobAndNoOther() {
    var forge = open();
    ready(forge.register(spec(1, waitingJob(forge, "nimbus", "cpus:4", "param:team=Blue"))));

    assertThat(calls("POST", "/generate-jitconfig").getFirst().body())
        .contains("\"labels\":[\"nimbus\",\"cpus:4\",\"param:team=Blue\"]")
        .contains("\"runner_group_id\":1");
  }

  @Test
  void aJobWithoutLabelsRunsOnAnyRunnerOfItsGroup() {
    var forge = open();
    var job = waitingJob(forge);
    var launch = ready(forge.register(spec(1, job))).launch();

    assertThat(fake().run(launch)).contains(job.key());
  }

  @Test
  void theLaunchStartsTheListenerAndHidesTheConfiguration() {
    var forge = open();
    var launch = ready(forge.register(spec(1, waitingJob(forge, "nimbus")))).launch();

    assertThat(launch.command()).isEqualTo(List.of("{tool}/bin/Runner.Listener", "run"));
    assertThat(launch.environment())
        .containsOnlyKeys(
            "ACTIONS_RUNNER_INPUT_JITCONFIG", "ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE");
    assertThat(launch.files()).isEmpty();
  }

  @Test
  void aNameThatIsTakenIsFreedAndTakenAgain() {
    var forge = open();
    var job = waitingJob(forge, "nimbus");
    ready(forge.register(spec(1, job)));
    calls.clear();
    ready(forge.register(spec(1, job)));

    assertThat(calls.stream().map(call -> call.method() + " " + call.status()))
        .containsExactly("POST 409", "GET 200", "DELETE 204", "POST 201");
  }

  @Test
  void theGroupIsFoundByNameOnce() {
    var id = fake().group("Isolated");
    var forge = open(Map.of("runner_group", "isolated"));
    ready(forge.register(spec(1, waitingJob(forge, "nimbus"))));
    ready(forge.register(spec(2, waitingJob(forge, "nimbus"))));

    assertThat(calls("POST", "/generate-jitconfig"))
        .allSatisfy(call -> assertThat(call.body()).contains("\"runner_group_id\":" + id));
    assertThat(calls("GET", "/runner-groups")).hasSize(1);
  }

  @Test
  void aGroupThatDoesNotExistIsRefused() {
    var forge = open(Map.of("runner_group", "isolated"));
    var refused = (Registered.Refused) forge.register(spec(1, waitingJob(forge, "nimbus")));

    assertThat(refused.why()).contains("no runner group 'isolated'");
    fake().group("isolated");
    ready(forge.register(spec(1, waitingJob(forge, "nimbus"))));
  }

  @Test
  void runnersMayBelongToTheRepository() {
    var forge = open(Map.of("runner_level", "repository"));
    var job = waitingJob(forge, "nimbus");
    var launch = ready(forge.register(spec(1, job))).launch();
    ready(forge.register(spec(2, job)));

    assertThat(forge.runners()).hasSize(2);
    assertThat(fake().run(launch)).contains(job.key());
    assertThat(forge.unregister(runner(1), shop())).isEqualTo(Retired.BUSY);
    assertThat(forge.unregister(runner(2), shop())).isEqualTo(Retired.GONE);
    assertThat(forge.check()).allMatch(finding -> finding.fine());
    assertThat(calls.stream().map(call -> call.path()).filter(path -> path.contains("runners")))
        .allMatch(path -> path.startsWith("/repos/acme/shop/"));
  }

  @Test
  void noRunnerTakesAJobOfAnotherRepositoryThanItsOwn() {
    var forge = open(Map.of("runner_level", "repository"));
    var launch = ready(forge.register(spec(1, waitingJob(forge, "nimbus")))).launch();
    fake().cancel(forge.waiting(Optional.empty()).getFirst().key());
    fake().queue(Wanted.job(fake().repository("acme/site"), "nimbus"));

    assertThat(fake().run(launch)).isEmpty();
  }

  @Test
  void manyWhoRegisterAtOnceBreakNoLimit() throws Exception {
    use(Setup.USUAL.withApps(3).with(Limits.Rules.ENFORCED));
    var forge = open(Map.of("changes_per_minute", "180"));
    var job = waitingJob(forge, "nimbus");
    var threads = new ArrayList<Thread>();
    for (var number = 0; number < 60; number++) {
      var first = number * 10;
      threads.add(Thread.ofVirtual().start(() -> registerTen(forge, job, first)));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(fake().runners()).hasSize(600);
    assertThat(fake().limits().violations()).isEmpty();
  }

  private void registerTen(GitHubForge forge, ForgeJob job, int first) {
    for (var number = first; number < first + 10; number++) {
      var registered = forge.register(spec(number, job));
      while (registered instanceof Registered.Later later) {
        time.stepTo(later.notBefore());
        registered = forge.register(spec(number, job));
      }
      ready(registered);
    }
  }
}
