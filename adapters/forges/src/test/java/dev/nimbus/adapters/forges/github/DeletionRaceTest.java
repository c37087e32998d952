package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand runners are retired while GitHub says idle of those that took a job within the
 * last minutes, and while they may take one at any moment of it. Calls reach the fake without a
 * network between. That a deletion itself is refused for a busy runner is what the fake takes for
 * granted, as GitHub documents it.
 */
@Tag("slow")
final class DeletionRaceTest {
  private static final long SEED = 20_260_101;
  private static final int RUNNERS = 100_000;
  private static final int OF_ONE_GITHUB = 500;
  private static final int LATEST_SECONDS = 120;
  private static final List<Moment> MOMENTS = List.of(Moment.values());
  private static final Repository SHOP = new Repository("acme/shop");
  private static final Limits.Rules UNLIMITED =
      new Limits.Rules(Integer.MAX_VALUE, Integer.MAX_VALUE, 100, Duration.ZERO);

  private final SplittableRandom chance = new SplittableRandom(SEED);
  private final SteppedTime time = new SteppedTime(Connections.NOON);
  private int busy;
  private int said;
  private int taken;

  /** When a runner takes a job, as seen by whoever retires it. */
  private enum Moment {
    BEFORE,
    BETWEEN_QUESTION_AND_DELETION,
    AFTER,
    NEVER
  }

  @Test
  void noBusyRunnerIsDeletedAndEveryIdleOneIsGone() {
    for (var first = 0; first < RUNNERS; first += OF_ONE_GITHUB) {
      try (var fake = FakeGitHub.start(time, Setup.USUAL.withApps(0).with(UNLIMITED))) {
        fake.repository(SHOP.value());
        for (var number = first; number < first + OF_ONE_GITHUB; number++) {
          new Round(fake, number).play();
        }
        assertThat(fake.runners()).isEmpty();
      }
    }

    assertThat(taken).isGreaterThan(RUNNERS / 3);
    assertThat(busy).isEqualTo(taken);
    assertThat(said).as("busy ones said to be idle").isGreaterThan(RUNNERS / 5);
  }

  /** One runner, from its registration to its end. */
  private final class Round implements ForgeApi {
    private final FakeGitHub fake;
    private final RunnerName name;
    private final Moment moment = MOMENTS.get(chance.nextInt(MOMENTS.size()));
    private final RunnerScope scope;
    private final Runners runners;
    private final RunnerLaunch launch;
    private Optional<ForgeJobKey> job = Optional.empty();

    Round(FakeGitHub fake, int number) {
      this.fake = fake;
      this.name = RunnerName.of(new SandboxId(new JobId("j-" + number), new Fence(1)));
      var settings = SettingsReader.read(fake.connection(), fake.secrets());
      this.scope = RunnerScope.of(settings, SHOP);
      this.runners = new Runners(this, settings);
      this.launch = registered();
    }

    void play() {
      fake.sayBusyLate(Duration.ofSeconds(chance.nextInt(LATEST_SECONDS + 1)));
      if (moment == Moment.BEFORE) {
        take();
        time.step(Duration.ofSeconds(chance.nextInt(LATEST_SECONDS + 1)));
      }
      var retired = retire();
      if (moment == Moment.AFTER) {
        take();
      }
      if (job.isPresent()) {
        busy++;
        assertThat(retired).as("%s, %s", name, moment).isEqualTo(Retired.BUSY);
        assertThat(fake.runners()).contains(name.value());
        time.step(Duration.ofSeconds(chance.nextInt(LATEST_SECONDS + 1)));
        assertThat(retire()).isEqualTo(Retired.BUSY);
        fake.finish(job.get());
        retired = retire();
      }
      assertThat(retired).isEqualTo(Retired.GONE);
      assertThat(fake.runners()).isEmpty();
    }

    /** A job is there for it; whether it gets it is up to GitHub. */
    private void take() {
      var waiting = fake.queue(Wanted.job(SHOP, "nimbus"));
      job = fake.run(launch);
      if (job.isPresent()) {
        taken++;
      } else {
        fake.cancel(waiting);
      }
    }

    /**
     * One of ten times the answer to a deletion that was done is lost, and it is asked for again.
     */
    private Retired retire() {
      if (chance.nextInt(10) > 0) {
        return runners.retire(name, scope);
      }
      fake.suffer(Fault.LOSES_ANSWERS);
      try {
        return runners.retire(name, scope);
      } catch (NimbusException e) {
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        fake.recover();
        return runners.retire(name, scope);
      } finally {
        fake.recover();
      }
    }

    private RunnerLaunch registered() {
      var body = Map.of("name", name.value(), "runner_group_id", 1, "labels", List.of("nimbus"));
      var path = scope.runners() + "/generate-jitconfig";
      var made = fake.ask("POST", path, "", Json.write(body));
      var config = Json.read(bytes(made.answer()), Made.class).encodedJitConfig();
      return new RunnerLaunch(
          ForgeKind.GITHUB,
          List.of("run"),
          Map.of("ACTIONS_RUNNER_INPUT_JITCONFIG", config),
          Map.of());
    }

    @Override
    public Sent attempt(Call call) {
      if (call.method().equals("DELETE") && moment == Moment.BETWEEN_QUESTION_AND_DELETION) {
        if (job.isEmpty()) {
          take();
        }
      }
      var parts = call.path().split("\\?", 2);
      var answer = fake.ask(call.method(), parts[0], parts.length > 1 ? parts[1] : "", new byte[0]);
      if (job.isPresent() && answer.answer().contains("\"busy\":false")) {
        said++;
      }
      var headers =
          answer.headers().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
      return new Sent.Answered(new Reply(answer.status(), headers, bytes(answer.answer())));
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private record Made(String encodedJitConfig) {}
}
