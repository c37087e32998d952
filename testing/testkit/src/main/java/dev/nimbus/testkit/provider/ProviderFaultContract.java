package dev.nimbus.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every provider must do when its other end misbehaves. */
public abstract class ProviderFaultContract extends ProviderContract {
  protected ProviderFaultContract() {}

  protected abstract ProviderFaults faults();

  @Test
  void whereThereAreNoMachinesLeftItSaysSoAndMakesNone() {
    faults().runOut();

    assertThat(provider().launch(spec(OURS, "runout01"))).isInstanceOf(Launch.OutOfCapacity.class);
    settle();

    assertThat(existing()).isEmpty();
  }

  @Test
  void aQuotaThatIsReachedIsToldApartFromMissingCapacity() {
    faults().reachQuota();

    assertThat(provider().launch(spec(OURS, "quota001"))).isInstanceOf(Launch.OverQuota.class);
    settle();

    assertThat(existing()).isEmpty();
  }

  @Test
  void aProviderThatIsAskedTooOftenIsLeftAloneForSomeTime() {
    faults().throttle(Duration.ofSeconds(7));

    var answer = provider().launch(spec(OURS, "often001"));

    assertThat(answer).isInstanceOf(Launch.Throttled.class);
    assertThat(((Launch.Throttled) answer).again()).isPositive();
  }

  @Test
  void afterALostAnswerTheSameRequestFindsTheMachine() {
    var spec = spec(OURS, "lost0001");
    faults().loseAnswer();

    assertThatThrownBy(() -> provider().launch(spec))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    var found = launched(provider().launch(spec));
    settle();

    assertThat(existing()).extracting(Instance::ref).containsExactly(found.ref());
  }

  @Test
  void aMachineThatIsNotListedYetIsNotMadeTwice() {
    var spec = spec(OURS, "late0001");
    faults().listLate();

    var first = launched(provider().launch(spec));
    var second = launched(provider().launch(spec));
    settle();

    assertThat(second.ref()).isEqualTo(first.ref());
    assertThat(existing()).hasSize(1);
  }

  @Test
  void aMachineThatIsNotListedYetIsTerminatedByItsId() {
    var spec = spec(OURS, "late0002");
    faults().listLate();

    var made = launched(provider().launch(spec));
    provider().terminate(new InstanceRef(spec.name(), made.ref().place(), made.ref().id()));
    settle();

    assertThat(existing()).isEmpty();
  }
}
