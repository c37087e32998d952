package dev.nimbus.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Provider} must do, against whatever stands at the other end. */
public abstract class ProviderContract {
  protected static final ControllerId OURS = new ControllerId("ours0001");
  protected static final ControllerId THEIRS = new ControllerId("theirs02");
  protected static final Owner OWNER = new Owner(new OrgId("acme"), new PoolName("linux"));

  private static final int ASKED_AT_ONCE = 8;

  private Provider provider;
  private Provider others;

  protected ProviderContract() {}

  /** Opens the account, which is the same for all controllers and empty when a test begins. */
  protected abstract Provider open(ControllerId controller);

  /** Where there is room for at least two machines at once. */
  protected abstract Cell cell();

  /** Something a machine may read at its first start. */
  protected abstract String userData();

  /** Lets happen what was asked for: the provider knows by now what it has. */
  protected void settle() {}

  @BeforeEach
  final void openBoth() {
    provider = open(OURS);
    others = open(THEIRS);
  }

  @AfterEach
  final void closeBoth() {
    provider.close();
    others.close();
  }

  protected final Provider provider() {
    return provider;
  }

  @Test
  void aLaunchedMachineIsListedAsOursWithItsNameAndItsOwner() {
    var spec = spec(OURS, "first001");

    var launched = launched(provider.launch(spec));
    settle();

    assertThat(launched.ref().id()).isNotEmpty();
    var listed = only(spec);
    assertThat(listed.ref()).isEqualTo(launched.ref());
    assertThat(listed.ref().place()).isEqualTo(cell().place());
    assertThat(listed.type()).isEqualTo(cell().type());
    assertThat(listed.state()).isIn(Instance.State.STARTING, Instance.State.RUNNING);
    assertThat(listed.tags())
        .containsAllEntriesOf(
            Map.of(
                Owner.CONTROLLER, "ours0001",
                Owner.MACHINE, spec.name().value(),
                Owner.ORG, "acme",
                Owner.POOL, "linux"));
  }

  @Test
  void launchingTheSameAgainFindsTheMachineThatIsThere() {
    var spec = spec(OURS, "again001");

    var first = launched(provider.launch(spec));
    var second = launched(provider.launch(spec));
    settle();
    var third = launched(provider.launch(spec));
    settle();

    assertThat(second.ref()).isEqualTo(first.ref());
    assertThat(third.ref()).isEqualTo(first.ref());
    assertThat(existing()).hasSize(1);
  }

  @Test
  void launchingTheSameManyTimesAtOnceMakesOneMachine() throws Exception {
    var spec = spec(OURS, "atonce01");
    var calls = new ArrayList<Callable<Launch>>();
    for (var i = 0; i < ASKED_AT_ONCE; i++) {
      calls.add(() -> provider.launch(spec));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(calls)) {
        assertThat(launched(answer.get()).ref().name()).isEqualTo(spec.name());
      }
    }
    settle();

    assertThat(existing()).hasSize(1);
  }

  @Test
  void machinesOfTwoNamesAreTwo() {
    provider.launch(spec(OURS, "one00001"));
    provider.launch(spec(OURS, "two00002"));
    settle();

    assertThat(existing())
        .extracting(instance -> instance.ref().name().value())
        .containsExactlyInAnyOrder("nb-ours0001-one00001", "nb-ours0001-two00002");
  }

  @Test
  void aTerminatedMachineIsGoneAndTerminatingItAgainIsSuccess() {
    var first = launched(provider.launch(spec(OURS, "ends0001")));
    var second = launched(provider.launch(spec(OURS, "stays002")));
    settle();

    provider.terminate(first.ref());
    settle();
    provider.terminate(first.ref());
    settle();

    assertThat(existing()).extracting(Instance::ref).containsExactly(second.ref());
  }

  @Test
  void aMachineWhoseAnswerWasNotHeardIsTerminatedByItsName() {
    var spec = spec(OURS, "unheard1");
    provider.launch(spec);
    settle();

    provider.terminate(new InstanceRef(spec.name(), spec.cell().place(), ""));
    settle();

    assertThat(existing()).isEmpty();
  }

  @Test
  void terminatingWhatNeverWasIsSuccess() {
    var never = MachineName.of(OURS, "never001");

    provider.terminate(new InstanceRef(never, cell().place(), ""));
    settle();

    assertThat(existing()).isEmpty();
  }

  @Test
  void machinesOfAnotherControllerAreNeitherListedNorTouched() {
    var theirs = launched(others.launch(spec(THEIRS, "theirs01")));
    settle();

    assertThat(existing()).isEmpty();
    assertThatThrownBy(() -> provider.terminate(theirs.ref()))
        .hasMessageContaining(theirs.ref().name().value());
    settle();

    assertThat(others.instances()).extracting(Instance::ref).containsExactly(theirs.ref());
    others.terminate(theirs.ref());
  }

  @Test
  void aTypeNobodyHasIsRefusedWithItsName() {
    var known = cell();
    var unknown =
        new Cell(known.provider(), known.place(), "no-such-type", known.image(), known.market());

    var answer = provider.launch(spec(OURS, "nosuch01", unknown));
    settle();

    assertThat(answer).isInstanceOf(Launch.Refused.class);
    assertThat(((Launch.Refused) answer).why()).contains("no-such-type");
    assertThat(existing()).isEmpty();
  }

  @Test
  void aCheckFindsAllWell() {
    assertThat(provider.check()).isNotEmpty().allMatch(Finding::fine);
  }

  @Test
  void itSaysHowItsTypesArePaidFor() {
    assertThat(provider.billing(cell().type())).isNotNull();
  }

  protected final MachineSpec spec(ControllerId controller, String unique) {
    return spec(controller, unique, cell());
  }

  protected final MachineSpec spec(ControllerId controller, String unique, Cell where) {
    return new MachineSpec(
        MachineName.of(controller, unique), OWNER, where, 0, userData(), Duration.ofHours(6));
  }

  /** What exists and is not on its way out. */
  protected final List<Instance> existing() {
    return provider.instances().stream()
        .filter(instance -> instance.state() != Instance.State.ENDING)
        .toList();
  }

  protected static Instance launched(Launch launch) {
    assertThat(launch).isInstanceOf(Launch.Launched.class);
    return ((Launch.Launched) launch).instance();
  }

  private Instance only(MachineSpec spec) {
    var found = existing();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().ref().name()).isEqualTo(spec.name());
    return found.getFirst();
  }
}
