package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.Schedule;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.storage.PoolStore;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PoolStore} must do. */
public abstract class PoolStoreContract extends MachineContract {
  protected PoolStoreContract() {}

  @Test
  void everyPartOfAPoolIsFoundAsItWasGiven() {
    var given = rich(Instant.EPOCH, 77);

    var made = pools().apply(given, NOON);

    assertThat(made).isEqualTo(rich(NOON, 1));
    assertThat(pools().find(ACME, SMALL)).contains(made);
    assertThat(storage().orgs().find(ACME)).isPresent();
  }

  @Test
  void applyingTheSamePoolAgainChangesNothing() {
    var made = pools().apply(rich(Instant.EPOCH, 77), NOON);

    assertThat(pools().apply(rich(Instant.EPOCH, 12), LATER)).isEqualTo(made);
    assertThat(pools().all()).containsExactly(made);
  }

  @Test
  void aChangedPoolIsOneRevisionFurther() {
    pools().apply(pool(ACME, "small", 5), NOON);

    var larger = pools().apply(pool(ACME, "small", 6), LATER);
    var other = pools().apply(rich(Instant.EPOCH, 77), LATER);

    assertThat(larger.max()).isEqualTo(6);
    assertThat(larger.revision()).isEqualTo(2);
    assertThat(larger.changedAt()).isEqualTo(LATER);
    assertThat(other.revision()).isEqualTo(3);
    assertThat(pools().list(ACME)).containsExactly(other);
  }

  @Test
  void poolsAreListedByNameAndTenant() {
    for (var name : List.of("beta", "alpha")) {
      pools().apply(pool(GLOBEX, name, 1), NOON);
      pools().apply(pool(ACME, name, 1), NOON);
    }

    assertThat(pools().list(ACME))
        .extracting(pool -> pool.org() + "/" + pool.name())
        .containsExactly("acme/alpha", "acme/beta");
    assertThat(pools().all())
        .extracting(pool -> pool.org() + "/" + pool.name())
        .containsExactly("acme/alpha", "acme/beta", "globex/alpha", "globex/beta");
  }

  @Test
  void nobodySeesOrRemovesThePoolOfAnotherTenant() {
    pools().apply(pool(ACME, "small", 1), NOON);

    assertThat(pools().find(GLOBEX, SMALL)).isEmpty();
    assertThat(pools().list(GLOBEX)).isEmpty();
    assertThat(pools().remove(GLOBEX, SMALL)).isFalse();
    assertThat(pools().list(ACME)).hasSize(1);
  }

  @Test
  void aRemovedPoolIsGoneAndItsNameIsFree() {
    declare(storage(), ACME, 5);
    reserve(ACME, 1);

    assertThat(pools().remove(ACME, SMALL)).isTrue();
    assertThat(pools().remove(ACME, SMALL)).isFalse();
    assertThat(machines().live()).hasSize(1);
    assertThat(pools().apply(pool(ACME, "small", 1), NOON).revision()).isEqualTo(1);
  }

  private PoolStore pools() {
    return storage().pools();
  }

  private static Pool rich(Instant changedAt, long revision) {
    var mac =
        new Offering(
            new ProviderName("macs"),
            "",
            "mac2.metal",
            "",
            Os.MACOS,
            SpotPolicy.NEVER,
            new Size(8_000, 16L << 30),
            0,
            -1);
    var nights =
        new Schedule(
            Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
            LocalTime.of(22, 30),
            LocalTime.of(6, 0, 1),
            ZoneId.of("Europe/Berlin"),
            3);
    var noons =
        new Schedule(Set.of(DayOfWeek.FRIDAY), LocalTime.NOON, LocalTime.MAX, ZoneOffset.UTC, 0);
    return new Pool(
        ACME,
        SMALL,
        Labels.of(List.of("docker", "gpu")),
        List.of(offering("cloud"), mac),
        7,
        2,
        List.of(nights, noons),
        new Warming.Predicted(7_500_000),
        Duration.ZERO,
        Duration.ofSeconds(90, 1),
        new Deadlines(Duration.ofMillis(1), Duration.ofHours(2), Duration.ofDays(1)),
        new Budget(5_000_000, 4_000_000),
        changedAt,
        revision);
  }
}
