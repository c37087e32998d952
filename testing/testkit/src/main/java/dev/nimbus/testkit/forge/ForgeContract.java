package dev.nimbus.testkit.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeRunner;
import java.util.HashSet;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every forge must do. One subclass says how to start the fake and open the real thing. */
public abstract class ForgeContract extends ForgeDemandContract {
  @Test
  void aRegisteredRunnerTakesTheJobItIsFor() {
    var job = waitingJob();
    var ready = ready(spec(1, job));

    assertThat(ready.runnerId()).isNotEmpty();
    assertThat(fake().run(ready.launch())).contains(job.key());
    assertThat(waitingKeys()).isEmpty();
  }

  @Test
  void theForgeSaysWhichRunnerTookAJob() {
    var job = waitingJob();
    fake().run(ready(spec(1, job)).launch());

    assertThat(forge().ask(job.key(), shop()))
        .contains(new Event.JobStarted(job.key(), shop(), named(runner(1).value())));
  }

  @Test
  void aRunnerIsGoodForOneJobOnly() {
    var job = waitingJob();
    var launch = ready(spec(1, job)).launch();
    assertThat(fake().run(launch)).isPresent();
    fake().finish(job.key());
    queue();
    if (!can(Ability.FORGETS_RUNNERS)) {
      assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.GONE);
    }

    assertThat(fake().run(launch)).isEmpty();
    assertThat(fake().runners()).isEmpty();
  }

  @Test
  void aRunnerTakesNoJobItDoesNotFit() {
    var job = waitingJob();
    var launch = ready(spec(1, job)).launch();
    fake().cancel(job.key());
    fake().queue(Wanted.job(shop(), "nimbus", "windows"));

    assertThat(fake().run(launch)).isEmpty();
  }

  @Test
  void noWordOfTheCommandIsSecret() {
    var launch = ready(spec(1, waitingJob())).launch();
    var secrets = new HashSet<String>(launch.environment().values());
    secrets.addAll(launch.files().values());
    secrets.addAll(fake().secrets().values());

    assertThat(launch.command()).isNotEmpty();
    assertThat(secrets.stream().filter(secret -> secret.length() > 16))
        .noneMatch(secret -> String.join(" ", launch.command()).contains(secret))
        .noneMatch(secret -> launch.toString().contains(secret));
  }

  @Test
  void noLaunchHoldsACredentialOfTheConnection() {
    var launch = ready(spec(1, waitingJob())).launch();
    var given = String.join("\n", launch.environment().values()) + launch.files().values();

    assertThat(fake().secrets().values()).noneMatch(given::contains);
  }

  @Test
  void registeringAgainReplacesTheSecret() {
    var job = waitingJob();
    var first = ready(spec(1, job)).launch();
    var second = ready(spec(1, job)).launch();

    assertThat(fake().runners()).containsExactly(runner(1).value());
    assertThat(fake().run(first)).isEmpty();
    assertThat(fake().run(second)).contains(job.key());
  }

  @Test
  void registeringARunnerThatIsBusyLeavesItAlone() {
    var job = waitingJob();
    assertThat(fake().run(ready(spec(1, job)).launch())).isPresent();

    assertThat(forge().register(spec(1, job))).isNotInstanceOf(Registered.Ready.class);
    assertThat(fake().runners()).containsExactly(runner(1).value());
  }

  @Test
  void anAnswerThatWasLostLeavesNoSecondRunner() {
    var job = waitingJob();
    fake().suffer(Fault.LOSES_ANSWERS);
    assertFails(() -> forge().register(spec(1, job)), Kind.UNAVAILABLE);
    fake().recover();
    var launch = ready(spec(1, job)).launch();

    assertThat(fake().runners()).hasSize(1);
    assertThat(fake().run(launch)).contains(job.key());
  }

  @Test
  void manyRunnersAreApart() {
    var names = new TreeSet<String>();
    for (var number = 1; number <= 5; number++) {
      ready(spec(number, waitingJob()));
      names.add(runner(number).value());
    }

    assertThat(fake().runners()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(forge().runners().stream().map(ForgeRunner::id)).doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void aForgeThatForbidsARunnerSaysWhatToDo() {
    var job = waitingJob();
    fake().suffer(Fault.FORBIDS);

    assertRefused(forge().register(spec(1, job)));
  }

  @Test
  void aCredentialThatIsNoLongerGoodIsRefused() {
    var job = waitingJob();
    fake().suffer(Fault.REVOKED);

    assertRefused(forge().register(spec(1, job)));
  }

  @Test
  void aForgeThatLimitsUsSaysUntilWhen() {
    var job = waitingJob();
    fake().suffer(Fault.LIMITS);
    var later = (Registered.Later) forge().register(spec(1, job));
    fake().recover();

    assertThat(later.notBefore()).isAfter(time().instant());
    assertThat(later.why()).isNotBlank();
    time().stepTo(later.notBefore());
    assertThat(fake().run(ready(spec(1, job)).launch())).contains(job.key());
  }

  @Test
  void registeringAtAForgeThatFailsIsUnavailable() {
    var job = waitingJob();
    fake().suffer(Fault.FAILS);

    assertFails(() -> forge().register(spec(1, job)), Kind.UNAVAILABLE);
    assertFails(() -> forge().unregister(runner(1), shop()), Kind.UNAVAILABLE);
  }

  @Test
  void anIdleRunnerIsForgotten() {
    var launch = ready(spec(1, waitingJob())).launch();

    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.GONE);
    assertThat(fake().runners()).isEmpty();
    assertThat(fake().run(launch)).isEmpty();
  }

  @Test
  void aRunnerNobodyKnowsIsGone() {
    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.GONE);
  }

  @Test
  void forgettingARunnerMayBeRepeated() {
    ready(spec(1, waitingJob()));
    ready(spec(2, waitingJob()));

    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.GONE);
    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.GONE);
    assertThat(fake().runners()).containsExactly(runner(2).value());
  }

  @Test
  void aBusyRunnerStays() {
    busy(1);

    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.BUSY);
    assertThat(fake().runners()).containsExactly(runner(1).value());
  }

  @Test
  void aBusyRunnerSaidToBeIdleStays() {
    busy(1);
    fake().suffer(Fault.SAYS_IDLE);

    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.BUSY);
    assertThat(fake().runners()).containsExactly(runner(1).value());
  }

  @Test
  void aRunnerWhoseJobIsOverIsGone() {
    fake().finish(busy(1));

    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.GONE);
  }

  @Test
  void onlyOurRunnersAreListed() {
    fake().addRunner("build-box-7");
    fake().addRunner("nimbus");
    fake().addRunner("nimbus-");
    fake().addRunner("nimbus-of-somebody");
    ready(spec(1, waitingJob()));

    assertThat(forge().runners().stream().map(ForgeRunner::name)).containsExactly(runner(1));
  }

  @Test
  void aRunnerThatRunsAJobIsListedAsBusy() {
    ready(spec(2, waitingJob()));
    assertThat(fake().run(ready(spec(1, waitingJob())).launch())).isPresent();

    assertThat(forge().runners().stream().filter(ForgeRunner::busy).map(ForgeRunner::name))
        .containsExactly(runner(1));
  }

  @Test
  void moreRunnersAreListedThanAPageHolds() {
    for (var other = 0; other < 230; other++) {
      fake().addRunner("build-box-" + other);
    }
    ready(spec(1, waitingJob()));

    assertThat(forge().runners().stream().map(ForgeRunner::name)).containsExactly(runner(1));
    assertThat(forge().unregister(runner(1), shop())).isEqualTo(Retired.GONE);
    assertThat(fake().runners()).hasSize(230);
  }

  @Test
  void aConnectionThatIsSetUpWellChecksFine() {
    assertThat(forge().check()).isNotEmpty().allMatch(Finding::fine);
  }

  @Test
  void aCheckChangesNothing() {
    var job = queue();
    ready(spec(1, waitingJob()));
    forge().check();

    assertThat(fake().runners()).containsExactly(runner(1).value());
    assertThat(waitingKeys()).contains(job);
  }

  @Test
  void aCheckNamesABadCredential() {
    fake().suffer(Fault.REVOKED);

    assertAdvised();
  }

  @Test
  void aCheckNamesMissingPermission() {
    fake().suffer(Fault.FORBIDS);

    assertAdvised();
  }

  @Test
  void aCheckOfAForgeThatIsAwaySaysSo() {
    fake().close();

    assertAdvised();
  }

  @Test
  void givingUpIsSeenAtTheJob() {
    var job = waitingJob();

    var told = forge().giveUp(job, "no host has the label 'windows'");
    assertThat(told).isEqualTo(can(Ability.GIVES_UP));
    if (told) {
      assertThat(fake().saidOf(job.key())).contains("no host has the label 'windows'");
    }
  }

  @Test
  void givingUpForAReasonOfAnyLengthIsNoMistake() {
    var job = waitingJob();

    assertThat(forge().giveUp(job, "because ".repeat(500))).isEqualTo(can(Ability.GIVES_UP));
  }

  @Test
  void givingUpWhereItIsForbiddenIsFalse() {
    var job = waitingJob();
    fake().suffer(Fault.FORBIDS);

    assertThat(forge().giveUp(job, "no host")).isFalse();
  }

  private void assertAdvised() {
    var findings = forge().check();
    assertThat(findings).isNotEmpty().anyMatch(finding -> !finding.fine());
    assertThat(findings.stream().filter(finding -> !finding.fine()))
        .allMatch(finding -> !finding.advice().isBlank());
  }

  private void assertRefused(Registered registered) {
    assertThat(registered).isInstanceOf(Registered.Refused.class);
    assertThat(((Registered.Refused) registered).why()).isNotBlank();
    fake().recover();
    assertThat(fake().runners()).isEmpty();
    assertThat(forge().waiting(Optional.of(shop()))).hasSize(1);
  }
}
