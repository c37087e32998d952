package dev.nimbus.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PoolTest {
  private static final Offering OFFERING =
      new Offering(
          new ProviderName("cloud"),
          "here",
          "small",
          "",
          Os.LINUX,
          SpotPolicy.NEVER,
          new Size(1_000, 1L << 30),
          0,
          -1);

  @Test
  void aPoolMayHaveAsManyLabelsAsAMachineCanOfferWithItsNameAndSystem() {
    assertThat(pool(Pool.MOST_LABELS).offered(OFFERING).values())
        .hasSize(Pool.MOST_LABELS + 2)
        .contains("large", "os:linux");
  }

  @Test
  void aPoolWithMoreLabelsIsRefused() {
    assertThatThrownBy(() -> pool(Pool.MOST_LABELS + 1))
        .hasMessage("Pool 'large' has 31 labels (at most 30)");
  }

  @Test
  void twoOfferingsOfOneCellAreRefused() {
    assertThatThrownBy(() -> pool(1, OFFERING, OFFERING))
        .hasMessage("Pool 'large' has two offerings of cloud/here/small/on-demand");
  }

  private static Pool pool(int labels) {
    return pool(labels, OFFERING);
  }

  private static Pool pool(int labels, Offering... offerings) {
    return new Pool(
        OrgId.DEFAULT,
        new PoolName("large"),
        Labels.of(IntStream.range(0, labels).mapToObj(i -> "l" + i).toList()),
        List.of(offerings),
        1,
        0,
        List.of(),
        new Warming.Fixed(),
        Duration.ZERO,
        Duration.ofHours(1),
        Deadlines.USUAL,
        Budget.NONE,
        Instant.EPOCH,
        1);
  }
}
