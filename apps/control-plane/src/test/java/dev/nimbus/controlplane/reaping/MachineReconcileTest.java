package dev.nimbus.controlplane.reaping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.scaling.MachineGround;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Listing;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineReconcileTest {
  private static final ControllerId OTHERS = new ControllerId("othersid");

  private static final Duration SETTLING = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void whoeverLosesTheDatabaseFindsEveryMachineOfOursAndTouchesNoOther() {
    var before = new MachineGround(folder, new MemoryStorage());
    before.declare(5);
    List.of("j-1", "j-2", "j-3").forEach(before::submit);
    before.elastic().step();
    var foreign = MachineName.of(OTHERS, "keepsrun");
    before.cloud.as(OTHERS).launch(spec(foreign));
    assertThat(before.cloud.running()).hasSize(4);

    var storage = new MemoryStorage();
    var declared = new MachineGround(folder, storage);
    declared.account("cloud");
    var reconcile =
        new MachineReconcile(
            storage.machines(),
            declared.accounts(storage, (_, _, controller) -> before.cloud.as(controller)),
            before.time,
            new Metrics());
    reconcile.step();
    assertThat(before.cloud.running()).as("not believed at once").hasSize(4);
    before.time.step(SETTLING);
    reconcile.step();

    assertThat(before.cloud.running()).containsExactly(foreign);
  }

  @Test
  void aMachineTheProviderTookBackIsEndedOnceThatIsBelieved() {
    var ground = started();
    var reconcile = ground.reconcile();
    ground.cloud.reclaim(only(ground).name());

    reconcile.step();
    assertThat(only(ground).stage()).isEqualTo(Stage.BOOTING);
    ground.time.step(SETTLING);
    reconcile.step();

    assertThat(only(ground).end().orElseThrow().why()).contains("does not have it any more");
  }

  @Test
  void aPlaceThatIsSilentSaysNothingOfItsMachines() {
    var ground = started();
    ground.cloud.reclaim(only(ground).name());
    var listing = new Listing(List.of(), Map.of("zone-a", "no route to host"));
    var reconcile = reconcile(ground, () -> listing);

    reconcile.step();
    ground.time.step(SETTLING);
    reconcile.step();

    assertThat(only(ground).stage()).isEqualTo(Stage.BOOTING);
  }

  @Test
  void anAccountThatDoesNotAnswerStopsNoOther() {
    var ground = started();
    ground.account("broken");
    ground.cloud.reclaim(only(ground).name());
    var accounts =
        ground.accounts(
            ground.storage,
            (account, _, controller) -> {
              if (account.name().value().equals("broken")) {
                throw new NimbusException(Kind.UNAVAILABLE, "no answer");
              }
              return ground.cloud.as(controller);
            });
    var reconcile =
        new MachineReconcile(ground.storage.machines(), accounts, ground.time, new Metrics());

    reconcile.step();
    ground.time.step(SETTLING);
    reconcile.step();

    assertThat(only(ground).stage()).isEqualTo(Stage.ENDING);
  }

  @Test
  void oneThatIsEndingIsGoneWhenItsProviderDoesNotListItAnyMore() {
    var ground = started();
    var reconcile = ground.reconcile();
    reconcile.step();
    var name = only(ground).name();
    ground.storage.pools().remove(MachineGround.ORG, MachineGround.POOL);
    ground.elastic().step();
    assertThat(ground.cloud.running()).isEmpty();

    reconcile.step();

    assertThat(ground.storage.machines().find(name).orElseThrow().stage()).isEqualTo(Stage.GONE);
  }

  private MachineGround started() {
    var ground = new MachineGround(folder, new MemoryStorage());
    ground.declare(1);
    ground.submit("j-1");
    ground.elastic().step();
    return ground;
  }

  private static Machine only(MachineGround ground) {
    var all = ground.storage.machines().live();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static MachineReconcile reconcile(MachineGround ground, Supplier<Listing> listing) {
    var accounts =
        ground.accounts(
            ground.storage, (_, _, controller) -> listed(ground.cloud.as(controller), listing));
    return new MachineReconcile(ground.storage.machines(), accounts, ground.time, new Metrics());
  }

  private static Provider listed(Provider real, Supplier<Listing> listing) {
    return (Provider)
        Proxy.newProxyInstance(
            Provider.class.getClassLoader(),
            new Class<?>[] {Provider.class},
            (_, method, arguments) -> {
              if (method.getName().equals("listing")) {
                return listing.get();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static MachineSpec spec(MachineName name) {
    return new MachineSpec(
        name,
        new Owner(MachineGround.ORG, MachineGround.POOL),
        new Cell(MachineGround.CLOUD, "zone-a", "large", "image", Market.ON_DEMAND),
        0,
        "",
        Duration.ofHours(1));
  }
}
