package dev.nimbus.adapters.forges.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.kin.FakeGitea;
import dev.nimbus.testkit.forge.kin.FakeGitea.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only Gitea asks for. */
final class GiteaDetailsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final RunnerName NAME =
      RunnerName.of(new SandboxId(new JobId("j-1"), new Fence(1)));

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final List<Observed> calls = new CopyOnWriteArrayList<>();
  private FakeGitea fake = FakeGitea.start(time, Release.V1_27);

  @AfterEach
  void stopFake() {
    fake.close();
  }

  @Test
  void theTokenThatRegistersRunnersReachesNone() {
    fake.queue(Wanted.job(shop(), "nimbus", "linux"));
    fake.observe(calls::add);
    var forge = open();

    var ready = (Registered.Ready) forge.register(spec(forge));

    var answer = calls.stream().filter(call -> call.path().endsWith("-token")).findFirst();
    var token = answer.orElseThrow().answer().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    assertThat(token).startsWith("registration");
    assertThat(ready.launch().files().values()).noneMatch(file -> file.contains(token));
    assertThat(String.join(" ", ready.launch().command())).doesNotContain(token);
  }

  @Test
  void runnersRegisterWithoutTheTokenOfTheConnection() {
    fake.queue(Wanted.job(shop(), "nimbus", "linux"));
    fake.observe(calls::add);
    var forge = open();
    forge.register(spec(forge));

    assertThat(calls.stream().filter(call -> call.path().startsWith("/api/actions/")))
        .hasSize(1)
        .noneMatch(call -> call.sent().containsKey("authorization"));
  }

  @Test
  void aRegistrationWhoseAnswerWasLostLeavesOneRunner() {
    fake.queue(Wanted.job(shop(), "nimbus", "linux"));
    var forge = open();
    var spec = spec(forge);
    fake.observe(
        call -> {
          if (call.path().endsWith("/registration-token")) {
            fake.suffer(Fault.LOSES_ANSWERS);
          }
        });
    assertThatThrownBy(() -> forge.register(spec)).isInstanceOf(NimbusException.class);
    assertThat(fake.runners()).hasSize(1);
    fake.recover();
    fake.observe(
        call -> {
          if (call.path().endsWith("/registration-token")) {
            fake.recover();
          }
        });

    var ready = (Registered.Ready) forge.register(spec);

    assertThat(fake.runners()).hasSize(1);
    assertThat(fake.run(ready.launch())).isPresent();
  }

  @Test
  void aRunnerIsKeptFromTakingAJobBeforeItGoes() {
    fake.queue(Wanted.job(shop(), "nimbus", "linux"));
    var forge = open();
    forge.register(spec(forge));
    fake.observe(calls::add);

    assertThat(forge.unregister(NAME, shop())).isEqualTo(Retired.GONE);
    assertThat(calls.stream().map(Observed::method))
        .containsExactly("GET", "PATCH", "GET", "DELETE");
  }

  @Test
  void anAttemptCancelledBeforeItWasTakenIsOver() {
    fake.close();
    fake = FakeGitea.start(time, Release.V1_25);
    var first = fake.queue(Wanted.job(shop(), "nimbus"));
    fake.steal(first, "somebody-else");
    fake.finish(first);
    var again = fake.rerun(first);
    fake.cancel(again);

    assertThat(again).isEqualTo(new ForgeJobKey(first.id(), 2));
    assertThat(open().ask(again, shop()))
        .contains(new Event.JobFinished(again, shop(), "", "cancelled"));
  }

  @Test
  void anAttemptThatRunsAgainIsSuperseded() {
    fake.close();
    fake = FakeGitea.start(time, Release.V1_25);
    var first = fake.queue(Wanted.job(shop(), "nimbus"));
    fake.steal(first, "somebody-else");
    fake.finish(first);
    fake.rerun(first);

    assertThat(open().ask(first, shop()))
        .contains(new Event.JobFinished(first, shop(), "", "superseded"));
  }

  private Repository shop() {
    return fake.repository("acme/shop");
  }

  private static RunnerSpec spec(GiteaForge forge) {
    return new RunnerSpec(NAME, forge.waiting(Optional.empty()).getFirst());
  }

  private GiteaForge open() {
    return GiteaForge.open(fake.connection(), fake.secrets(), CLIENT, time, time::stepTo);
  }
}
