package dev.nimbus.controlplane.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines people ask for. */
final class HandMadeTest {
  private static final HandMade.Wanted ANY = new HandMade.Wanted(MachineGround.POOL, "", "");

  @TempDir private Path folder;

  private MachineGround ground;
  private HandMade handMade;

  @BeforeEach
  void declare() {
    ground = new MachineGround(folder, new MemoryStorage());
    ground.declare(2);
    var accounts = ground.accounts();
    var orders = ground.orders(ground.storage, accounts);
    handMade = new HandMade(ground.storage, accounts, orders, ground.time);
  }

  @Test
  void oneIsMadeAndEndedWhenNoJobCame() {
    var made = make(ANY, "");

    assertThat(made.fresh()).isTrue();
    assertThat(made.machine().stage()).isEqualTo(Stage.ASKED);
    assertThat(made.machine().purpose()).isEqualTo("asked for by ann");
    rounds(30);
    assertThat(ground.cloud.stays()).hasSize(1);
    assertThat(ground.storage.machines().live()).isEmpty();
  }

  @Test
  void theSameKeyHasTheSameMachineAlsoWhenItIsGone() {
    var first = make(ANY, "k-1");

    assertThat(make(ANY, "k-1")).isEqualTo(new HandMade.Made(first.machine(), false));
    rounds(30);
    assertThat(make(ANY, "k-1").fresh()).isFalse();
    assertThat(make(ANY, "k-1").machine().stage()).isEqualTo(Stage.GONE);
    assertThat(make(ANY, "k-2").fresh()).isTrue();
  }

  @Test
  void aKeyThatWasUsedForAnotherPoolIsRefused() {
    make(ANY, "k-1");
    var other = ground.pool(5, 0, Duration.ofMinutes(1), Budget.NONE);
    ground.storage.pools().apply(named(other, "other"), ground.time.instant());

    assertThatThrownBy(() -> make(new HandMade.Wanted(new PoolName("other"), "", ""), "k-1"))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.code()).isEqualTo("idempotency-key-taken"));
  }

  @Test
  void aPoolThatIsFullSaysSo() {
    make(ANY, "");
    make(ANY, "");

    assertThatThrownBy(() -> make(ANY, ""))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.code()).isEqualTo("pool-full"))
        .hasMessageContaining("pool 'small' has 2 machines");
  }

  @Test
  void aBudgetThatIsSpentBindsPeopleAsWell() {
    var bounded = ground.pool(2, 0, Duration.ofMinutes(1), new Budget(1, 0));
    ground.storage.pools().apply(bounded, ground.time.instant());
    make(ANY, "");
    ground.elastic().step();
    ground.time.step(Duration.ofHours(1));

    assertThatThrownBy(() -> make(ANY, ""))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.code()).isEqualTo("budget"));
  }

  @Test
  void whatThePoolDoesNotOfferIsRefusedWithWhatItDoes() {
    assertThatThrownBy(() -> make(new HandMade.Wanted(MachineGround.POOL, "zone-b", ""), ""))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("large at zone-a");
  }

  @Test
  void anotherTenantsPoolIsNotThere() {
    assertThatThrownBy(() -> handMade.make(new OrgId("globex"), ANY, "", "eve"))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  private HandMade.Made make(HandMade.Wanted wanted, String key) {
    return handMade.make(MachineGround.ORG, wanted, key, "ann");
  }

  private void rounds(int rounds) {
    var elastic = ground.elastic();
    var reconcile = ground.reconcile();
    for (var round = 0; round < rounds; round++) {
      elastic.step();
      ground.machinesGoOn();
      reconcile.step();
      ground.time.step(Duration.ofSeconds(10));
    }
  }

  private static Pool named(Pool pool, String name) {
    return new Pool(
        pool.org(),
        new PoolName(name),
        pool.labels(),
        pool.offerings(),
        pool.max(),
        pool.minIdle(),
        pool.schedules(),
        pool.warming(),
        pool.idleGrace(),
        pool.maxLife(),
        pool.deadlines(),
        pool.budget(),
        pool.changedAt(),
        pool.revision());
  }
}
