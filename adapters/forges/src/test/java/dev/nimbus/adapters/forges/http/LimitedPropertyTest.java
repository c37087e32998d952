package dev.nimbus.adapters.forges.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class LimitedPropertyTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Property
  void noHeaderMakesUsWaitForEverOrNotAtAll(
      @ForAll("values") String retryAfter,
      @ForAll("values") String remaining,
      @ForAll("values") String reset) {
    var reply =
        Replies.of(
            429,
            "retry-after",
            retryAfter,
            "x-ratelimit-remaining",
            remaining,
            "x-ratelimit-reset",
            reset);

    assertThat(Limited.until(reply, NOON).orElseThrow())
        .isAfter(NOON)
        .isBeforeOrEqualTo(NOON.plus(Duration.ofHours(2)));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.longs().map(Object::toString),
        Arbitraries.integers().between(-10, 100_000).map(Object::toString),
        Arbitraries.of("Thu, 1 Jan 2026 12:10:00 GMT", "Thu, 1 Jan 9999 00:00:00 GMT", "soon"));
  }
}
