package dev.nimbus.adapters.hetzner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AllowanceTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final Allowance allowance = new Allowance(() -> NOON);

  @Test
  void nothingWaitsForWhatIsNotKnown() {
    allowance.learn(headers(Map.of()));
    allowance.learn(headers(Map.of("RateLimit-Limit", "many", "RateLimit-Remaining", "some")));

    assertThat(allowance.pause(NOON)).isZero();
  }

  @Test
  void whatCanWaitWaitsUntilAsMuchIsBackAsIsKept() {
    allowance.learn(headers(Map.of("RateLimit-Limit", "3600", "RateLimit-Remaining", "0")));

    assertThat(allowance.pause(NOON)).isEqualTo(Duration.ofMinutes(3));
    assertThat(allowance.pause(NOON.plusSeconds(60))).isEqualTo(Duration.ofMinutes(2));
    assertThat(allowance.pause(NOON.plusSeconds(180))).isZero();
  }

  @Test
  void aLargerAllowanceComesBackFaster() {
    allowance.learn(headers(Map.of("RateLimit-Limit", "36000", "RateLimit-Remaining", "1700")));

    assertThat(allowance.pause(NOON)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aClockThatWentBackMakesNothingOfIt() {
    allowance.learn(headers(Map.of("RateLimit-Limit", "3600", "RateLimit-Remaining", "179")));

    assertThat(allowance.pause(NOON.minusSeconds(3_600))).isEqualTo(Duration.ofSeconds(1));
  }

  private static HttpHeaders headers(Map<String, String> values) {
    return HttpHeaders.of(
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue()))),
        (_, _) -> true);
  }
}
