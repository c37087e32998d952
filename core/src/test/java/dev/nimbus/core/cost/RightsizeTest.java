package dev.nimbus.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RightsizeTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final Size BIG = new Size(8_000, 16 * GIB);
  private static final Size SMALL = new Size(2_000, 4 * GIB);

  @Test
  void jobsThatUseLittleShouldAskForLessAndThatSavesTheDifferenceOfPrices() {
    var found = Rightsize.of(uses(20, BIG), List.of(pool(400_000, 100_000))).getFirst();

    assertThat(found.jobs()).isEqualTo(20);
    assertThat(found.milliCpus()).isEqualTo(new Rightsize.Spread(1_000, 1_000, 1_000));
    assertThat(found.memoryBytes())
        .isEqualTo(new Rightsize.Spread(400 * MIB, 760 * MIB, 800 * MIB));
    assertThat(found.advice())
        .isEqualTo(
            new Rightsize.Advice.Smaller(new Size(1_500, GIB), OptionalLong.of(20 * 300_000L / 2)));
  }

  @Test
  void aSavingNobodyCanKnowIsNotMadeUp() {
    var found = Rightsize.of(uses(20, BIG), List.of(pool(400_000, -1))).getFirst();

    assertThat(found.advice())
        .isEqualTo(new Rightsize.Advice.Smaller(new Size(1_500, GIB), OptionalLong.of(0)));
    assertThat(Rightsize.of(uses(20, BIG), List.of()).getFirst().advice())
        .isEqualTo(new Rightsize.Advice.Smaller(new Size(1_500, GIB), OptionalLong.empty()));
  }

  @Test
  void fewJobsSayNothing() {
    assertThat(Rightsize.of(uses(19, BIG), List.of()).getFirst().advice())
        .isEqualTo(new Rightsize.Advice.TooFew());
  }

  @Test
  void nobodyIsToldToAskForMore() {
    assertThat(Rightsize.of(uses(20, new Size(500, GIB / 2)), List.of()).getFirst().advice())
        .isEqualTo(new Rightsize.Advice.Fits());
  }

  private static List<JobUse> uses(int count, Size asked) {
    var workload =
        new Workload(
            new Repository("acme/shop"), "ci", "build", new Requirements(Labels.NONE, asked));
    var halfAnHour = Duration.ofMinutes(30);
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new JobUse(workload, halfAnHour, new Usage(halfAnHour, 40 * MIB * i)))
        .toList();
  }

  private static Pool pool(long big, long small) {
    return new Pool(
        new OrgId("acme"),
        new PoolName("p"),
        Labels.NONE,
        List.of(offering("big", BIG, big), offering("small", SMALL, small)),
        10,
        0,
        List.of(),
        new Warming.Fixed(),
        Duration.ofMinutes(5),
        Duration.ofHours(6),
        Deadlines.USUAL,
        Budget.NONE,
        Instant.EPOCH,
        1);
  }

  private static Offering offering(String type, Size size, long price) {
    return new Offering(
        new ProviderName("cloud"), "z", type, "i", Os.LINUX, SpotPolicy.NEVER, size, 0, price);
  }
}
