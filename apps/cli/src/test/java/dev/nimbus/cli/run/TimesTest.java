package dev.nimbus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-11-22T10:00:00.1Z",
        "2026-02-28T23:59:59.123456789Z",
        "2028-02-29T12:34:56.05Z",
        "2100-12-31T23:59:59.999Z"
      })
  void timesAreReadAsTheJdkReadsThem(String text) {
    assertThat(Times.millis(text)).isEqualTo(Instant.parse(text).toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0 ms",
    "0, 0 ms",
    "999, 999 ms",
    "1000, 1.00 s",
    "1250, 1.25 s",
    "59999, 59.99 s",
    "200000, 3m 20s",
    "18060000, 5h 1m",
    "90000000, 1d 1h"
  })
  void durationsAreShort(long millis, String words) {
    assertThat(Times.words(Duration.ofMillis(millis))).isEqualTo(words);
  }
}
