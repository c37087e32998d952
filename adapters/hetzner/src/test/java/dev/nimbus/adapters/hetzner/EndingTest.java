package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static dev.nimbus.adapters.hetzner.Specs.THEIRS;
import static dev.nimbus.adapters.hetzner.Specs.launched;
import static dev.nimbus.adapters.hetzner.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.testkit.provider.hetzner.FakeHetzner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which machines there are, and how they end. */
final class EndingTest {
  private final HetznerAccount account = new HetznerAccount();
  private final FakeHetzner fake = account.fake();
  private final HetznerProvider provider = account.open(OURS);

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void aServerThatIsNotOursByItsLabelsIsNotEndedUnderANameOfOurs() {
    try (var others = account.open(THEIRS)) {
      var theirs = launched(others.launch(spec(THEIRS, "theirs01", HetznerAccount.cell(), 0, "")));
      var claimed = new InstanceRef(spec("mine0001").name(), "fsn1", theirs.ref().id());

      assertDenied(claimed);
      fake.relabel(Long.parseLong(theirs.ref().id()), "a-persons", Map.of());
      assertDenied(claimed);

      assertThat(fake.only().name()).isEqualTo("a-persons");
    }
  }

  @Test
  void anotherMachineOfOursIsNotEndedUnderTheNameOfOneThatIsGone() {
    var other = launched(provider.launch(spec("other001")));

    provider.terminate(new InstanceRef(spec("gone0001").name(), "fsn1", other.ref().id()));

    assertThat(provider.instances()).extracting(Instance::ref).containsExactly(other.ref());
  }

  @Test
  void aServerOfOurNameWithoutOurLabelsIsNoneOfOurs() {
    var made = launched(provider.launch(spec("relabel1")));
    fake.relabel(Long.parseLong(made.ref().id()), made.ref().name().value(), Map.of());

    provider.terminate(new InstanceRef(made.ref().name(), "fsn1", ""));

    assertThat(fake.only().name()).isEqualTo(made.ref().name().value());
  }

  @Test
  void aNumberThatIsNoneIsDenied() {
    assertDenied(new InstanceRef(spec("number01").name(), "fsn1", "1/../../actions"));
  }

  @Test
  void aServerThatIsLockedIsEndedByAskingAgain() {
    var made = launched(provider.launch(spec("locked01")));
    fake.refuse(423, "locked", "server is locked");

    assertThatThrownBy(() -> provider.terminate(made.ref()))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    provider.terminate(made.ref());

    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void aProtectedServerIsDeniedWithTheReason() {
    var made = launched(provider.launch(spec("protect1")));
    fake.refuse(423, "protected", "server is protected");

    assertThatThrownBy(() -> provider.terminate(made.ref()))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
        .hasMessageContaining("protected");
  }

  @Test
  void anEndWhoseAnswerIsLostIsAnEnd() {
    var made = launched(provider.launch(spec("lostend1")));
    fake.loseAnswer();

    assertThatThrownBy(() -> provider.terminate(made.ref())).isInstanceOf(NimbusException.class);
    provider.terminate(made.ref());

    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void aServerThatIsSwitchedOffStillIsThere() {
    var made = launched(provider.launch(spec("off00001")));
    fake.switchOff(Long.parseLong(made.ref().id()));

    assertThat(provider.instances())
        .extracting(Instance::state)
        .containsExactly(Instance.State.STOPPED);
  }

  @Test
  void allMachinesAreListedHoweverManyPagesTheyAre() {
    assertThat(names(launch(120))).hasSize(120).isEqualTo(names(provider.instances()));
  }

  @Test
  void noMachineIsMissedWhenAnotherGoesWhileTheyAreListed() {
    var made = launch(101);
    var gone = Long.parseLong(made.getFirst().ref().id());
    fake.beforeNextCall(() -> {});
    fake.beforeNextCall(() -> {});
    fake.beforeNextCall(() -> fake.lose(gone));

    assertThat(names(provider.instances())).containsAll(names(made.subList(1, made.size())));
  }

  @Test
  void whatCarriesOurLabelAndNoNameOfOursIsNotListed() {
    var made = launched(provider.launch(spec("strange1")));
    fake.relabel(
        Long.parseLong(made.ref().id()), "strange", Map.of("nimbus-controller", "ours0001"));

    assertThat(provider.instances()).isEmpty();
    assertThat(provider.check())
        .anyMatch(finding -> !finding.fine() && finding.advice().contains("strange"));
  }

  private List<Instance> launch(int many) {
    var made = new ArrayList<Instance>();
    for (var i = 0; i < many; i++) {
      made.add(launched(provider.launch(spec(String.format(Locale.ROOT, "many%04d", i)))));
    }
    return made;
  }

  private static List<String> names(List<Instance> machines) {
    return machines.stream().map(one -> one.ref().name().value()).sorted().toList();
  }

  private void assertDenied(InstanceRef machine) {
    assertThatThrownBy(() -> provider.terminate(machine))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
  }
}
