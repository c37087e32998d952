package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static dev.nimbus.adapters.hetzner.Specs.THEIRS;
import static dev.nimbus.adapters.hetzner.Specs.launched;
import static dev.nimbus.adapters.hetzner.Specs.refused;
import static dev.nimbus.adapters.hetzner.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.testkit.provider.hetzner.FakeHetzner;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that are made of others, within the hour that is paid for. */
final class RecyclerTest {
  private final HetznerAccount account = new HetznerAccount();
  private final FakeHetzner fake = account.fake();
  private final HetznerProvider provider = account.open(OURS);
  private final MachineSpec next =
      spec(OURS, "next0002", HetznerAccount.cell(), 0, "#cloud-config\n# next\n");
  private Instance ended;

  @BeforeEach
  void makeOne() {
    ended = launched(provider.launch(spec("ended001")));
    fake.settle();
  }

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void aMachineBecomesAnotherOneOnACleanDisk() {
    account.pass(Duration.ofMinutes(20));

    var made = launched(provider.recycle(ended.ref(), next));

    assertThat(made.ref()).isEqualTo(new InstanceRef(next.name(), "fsn1", ended.ref().id()));
    assertThat(made.state()).isEqualTo(Instance.State.STARTING);
    assertThat(made.createdAt()).isEqualTo(ended.createdAt());
    assertBecameNext();
  }

  /** The calls are: what was done to it, its state, its name, what was done, its disk, labels. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6})
  void afterALostAnswerTheSameCallGoesOnAndWritesTheDiskOnce(int call) {
    before(call, fake::loseAnswer);

    assertUnavailable(() -> provider.recycle(ended.ref(), next));
    fake.settle();

    assertThat(launched(provider.recycle(ended.ref(), next)).ref().name()).isEqualTo(next.name());
    assertThat(launched(provider.recycle(ended.ref(), next)).ref().name()).isEqualTo(next.name());
    assertThat(launched(provider.launch(next)).ref().name()).isEqualTo(next.name());
    assertBecameNext();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6})
  void aStepThatWasNotDoneIsDoneByTheSameCall(int call) {
    before(call, () -> fake.refuse(503, "unavailable", "not now"));

    assertUnavailable(() -> provider.recycle(ended.ref(), next));

    launched(provider.recycle(ended.ref(), next));
    assertBecameNext();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6})
  void atEveryStepThereIsOneMachineAndItCanBeEnded(int call) {
    before(call, fake::loseAnswer);
    assertUnavailable(() -> provider.recycle(ended.ref(), next));

    assertThat(provider.instances()).hasSize(1);
    var there = provider.instances().getFirst();
    assertThat(there.ref().name()).isEqualTo(next.name());
    assertThat(there.state()).isEqualTo(Instance.State.STARTING);
    provider.terminate(ended.ref());
    assertThat(provider.instances()).hasSize(1);
    provider.terminate(there.ref());

    assertThat(provider.instances()).isEmpty();
  }

  /** The second control plane comes in between at every call of the first. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void twoWhoDoTheSameAtOnceWriteTheDiskOnce(int call) {
    try (var second = account.open(OURS)) {
      before(call, () -> launched(second.recycle(ended.ref(), next)));

      provider.recycle(ended.ref(), next);
      fake.settle();

      launched(provider.recycle(ended.ref(), next));
      assertBecameNext();
    }
  }

  @Test
  void aMachineWhoseDiskIsNotWrittenYetIsNotTakenForALaunchedOne() {
    before(5, () -> fake.refuse(503, "unavailable", "not now"));
    assertUnavailable(() -> provider.recycle(ended.ref(), next));

    assertUnavailable(() -> provider.launch(next));
  }

  @Test
  void theOldNameStandsForNothingAnyMore() {
    launched(provider.recycle(ended.ref(), next));

    provider.terminate(ended.ref());
    provider.terminate(new InstanceRef(ended.ref().name(), "fsn1", ""));

    assertThat(provider.instances())
        .extracting(one -> one.ref().name())
        .containsExactly(next.name());
  }

  @Test
  void whereTheOldOneIsGoneTheNewOneIsLaunched() {
    fake.lose(Long.parseLong(ended.ref().id()));

    var made = launched(provider.recycle(ended.ref(), next));

    assertThat(made.ref().id()).isNotEqualTo(ended.ref().id());
    assertThat(fake.only().builds()).isEqualTo(1);
  }

  @Test
  void whereTheNewOneIsThereAlreadyTheOldOneIsLeft() {
    var there = launched(provider.launch(next));

    assertThat(launched(provider.recycle(ended.ref(), next)).ref()).isEqualTo(there.ref());

    assertThat(provider.instances())
        .extracting(Instance::ref)
        .containsExactlyInAnyOrder(ended.ref(), there.ref());
  }

  @Test
  void aMachineThatIsBusyIsLeftAloneForAWhileAndGoesOn() {
    var young = launched(provider.launch(spec("young003")));
    var spec = spec("young004");

    assertThat(provider.recycle(young.ref(), spec)).isInstanceOf(Launch.Throttled.class);
    fake.settle();

    assertThat(launched(provider.recycle(young.ref(), spec)).ref().id())
        .isEqualTo(young.ref().id());
  }

  @Test
  void aDiskThatCouldNotBeWrittenIsSaidAndNotTriedForEver() {
    fake.failAtOnce("action_failed");

    assertThat(refused(provider.recycle(ended.ref(), next))).contains("action_failed");
    assertThat(refused(provider.recycle(ended.ref(), next))).contains("action_failed");
    assertThat(fake.only().builds()).isEqualTo(2);
  }

  @Test
  void aDiskIsNotHandedToAnotherTenant() {
    var other = new Owner(new OrgId("umbrella"), new PoolName("linux"));
    var theirs =
        new MachineSpec(next.name(), other, next.cell(), 0, "#cloud-config\n", Duration.ofHours(1));

    assertDenied(() -> provider.recycle(ended.ref(), theirs), "tenant 'acme'");
  }

  @Test
  void aMachineOfAnotherTypeIsNotMadeOfIt() {
    var arm = spec("other005", HetznerAccount.cell("cax11", HetznerAccount.IMAGE));

    assertDenied(() -> provider.recycle(ended.ref(), arm), "cpx22 in fsn1");
  }

  @Test
  void whatIsNotOursIsNeverTouched() {
    var id = Long.parseLong(ended.ref().id());
    fake.relabel(id, "a-persons", Map.of());
    assertDenied(() -> provider.recycle(ended.ref(), next), "not one of ours");
    fake.relabel(
        id,
        "nb-theirs02-theirs01",
        Map.of("nimbus-controller", "theirs02", "nimbus-machine", "nb-theirs02-theirs01"));
    assertDenied(() -> provider.recycle(ended.ref(), next), "nb-theirs02-theirs01");
    var named = new InstanceRef(MachineName.of(THEIRS, "theirs01"), "fsn1", ended.ref().id());
    assertDenied(() -> provider.recycle(named, next), "not both of controller ours0001");

    assertThat(fake.only().builds()).isEqualTo(1);
  }

  @Test
  void aThirdMachineIsNotMadeOfWhatBecameTheSecond() {
    launched(provider.recycle(ended.ref(), next));

    assertDenied(() -> provider.recycle(ended.ref(), spec("third003")), next.name().value());
    assertBecameNext();
  }

  @Test
  void withoutUserDataThatOfBeforeWouldBeReadAgain() {
    var empty = spec(OURS, "empty006", HetznerAccount.cell(), 0, "");

    assertThat(refused(provider.recycle(ended.ref(), empty))).contains("user data");
    assertThat(fake.only().builds()).isEqualTo(1);
  }

  private void assertBecameNext() {
    var only = fake.only();
    assertThat(only.name()).isEqualTo(next.name().value());
    assertThat(only.labels()).isEqualTo(CreateRequest.labels(next));
    assertThat(only.userData()).isEqualTo(next.userData());
    assertThat(only.builds()).isEqualTo(2);
  }

  private void before(int call, Runnable happening) {
    for (var i = 1; i < call; i++) {
      fake.beforeNextCall(() -> {});
    }
    fake.beforeNextCall(happening);
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  private static void assertDenied(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
        .hasMessageContaining(why);
  }
}
