package dev.nimbus.adapters.forges.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LimitedTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aRefusalAboutPermissionsIsNoLimit() {
    var reply = Replies.saying(403, "{\"message\":\"Resource not accessible by integration\"}");

    assertThat(Limited.until(reply, NOON)).isEmpty();
  }

  @Test
  void aRefusalWithCallsLeftIsNoLimit() {
    assertThat(Limited.until(Replies.of(403, "x-ratelimit-remaining", "17"), NOON)).isEmpty();
  }

  @Test
  void goodAnswersAreNoLimitWhateverTheirHeaders() {
    var reply =
        Replies.saying(200, "rate limit", "x-ratelimit-remaining", "0", "retry-after", "60");

    assertThat(Limited.until(reply, NOON)).isEmpty();
  }

  @Test
  void theForgeMaySayHowLongToWait() {
    assertThat(Limited.until(Replies.of(403, "retry-after", "30"), NOON))
        .contains(NOON.plusSeconds(30));
    assertThat(Limited.until(Replies.of(429, "retry-after", " 5 "), NOON))
        .contains(NOON.plusSeconds(5));
  }

  @Test
  void theForgeMaySayUntilWhenToWait() {
    var reply = Replies.of(429, "retry-after", "Thu, 1 Jan 2026 12:10:00 GMT");

    assertThat(Limited.until(reply, NOON)).contains(NOON.plusSeconds(600));
  }

  @Test
  void aBucketThatIsEmptyIsWaitedForUntilItFills() {
    var reset = Long.toString(NOON.plusSeconds(900).getEpochSecond());
    var reply = Replies.of(403, "x-ratelimit-remaining", "0", "x-ratelimit-reset", reset);

    assertThat(Limited.until(reply, NOON)).contains(NOON.plusSeconds(900));
  }

  @Test
  void aLimitWithoutAnyHeaderIsAMinute() {
    assertThat(Limited.until(Replies.of(429), NOON)).contains(NOON.plusSeconds(60));
    assertThat(Limited.until(Replies.saying(403, "You have exceeded a secondary rate limit"), NOON))
        .contains(NOON.plusSeconds(60));
  }
}
