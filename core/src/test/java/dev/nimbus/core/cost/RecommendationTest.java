package dev.nimbus.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.cost.MachineSpend.Kind;
import dev.nimbus.core.cost.Recommendation.About;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecommendationTest {
  private static final PoolName POOL = new PoolName("p");
  private static final ProviderName CLOUD = new ProviderName("cloud");
  private static final long HOUR = 3_600_000;

  @Test
  void machinesNoJobCameForAreTooManyKeptWaiting() {
    var spent = new MachineSpend(POOL, kind("big", Market.SPOT), 10 * HOUR, 900_000, 3, 250_000);

    assertThat(found(spent))
        .containsExactly(
            new Recommendation(
                About.WARM,
                POOL,
                "3 machines were kept waiting and no job came for them: keep fewer waiting (min-idle"
                    + " is 2).",
                250_000));
  }

  @Test
  void whatWasCheaperOnSpotSavesTheDifferenceOfWhatWasPaid() {
    var found =
        found(
            spent("big", Market.ON_DEMAND, 10 * HOUR, 1_000_000),
            spent("big", Market.SPOT, 10 * HOUR, 300_000));

    assertThat(found).extracting(Recommendation::about).containsExactly(About.SPOT);
    assertThat(found.getFirst().saved()).isEqualTo(700_000);
    assertThat(found.getFirst().sentence()).contains("spot for 50 % of its time");
  }

  @Test
  void anOfferingThatGaveNoLessForLessShouldComeFirst() {
    var found =
        found(
            spent("small", Market.ON_DEMAND, 10 * HOUR, 1_000_000),
            spent("big", Market.ON_DEMAND, HOUR, 80_000));

    assertThat(found)
        .containsExactly(
            new Recommendation(
                About.OFFERING,
                POOL,
                "cloud/z/big gives no less than cloud/z/small: put it first.",
                200_000));
  }

  @Test
  void nothingIsSaidOfWhatWasNotPaidOrSavesNothing() {
    assertThat(found(spent("small", Market.ON_DEMAND, 10 * HOUR, 1_000_000))).isEmpty();
    assertThat(
            found(
                spent("small", Market.ON_DEMAND, HOUR, 50_000),
                spent("big", Market.ON_DEMAND, HOUR, 80_000),
                spent("big", Market.SPOT, HOUR, 90_000)))
        .isEmpty();
    assertThat(Recommendation.of(List.of(spent("x", Market.SPOT, HOUR, 1)), List.of())).isEmpty();
  }

  private static List<Recommendation> found(MachineSpend... spent) {
    return Recommendation.of(List.of(spent), List.of(pool()));
  }

  private static MachineSpend spent(String type, Market market, long millis, long micros) {
    return new MachineSpend(POOL, kind(type, market), millis, micros, 0, 0);
  }

  private static Kind kind(String type, Market market) {
    return new Kind(CLOUD, "z", type, market);
  }

  private static Pool pool() {
    return new Pool(
        new OrgId("acme"),
        POOL,
        Labels.NONE,
        List.of(offering("small", 2_000), offering("big", 8_000)),
        10,
        2,
        List.of(),
        new Warming.Fixed(),
        Duration.ofMinutes(5),
        Duration.ofHours(6),
        Deadlines.USUAL,
        Budget.NONE,
        Instant.EPOCH,
        1);
  }

  private static Offering offering(String type, int milliCpus) {
    return new Offering(
        CLOUD,
        "z",
        type,
        "i",
        Os.LINUX,
        SpotPolicy.PREFER,
        new Size(milliCpus, 1L << 30),
        0,
        100_000);
  }
}
