package dev.nimbus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class TimesPropertyTest {
  @Property
  void aTimeIsReadAsTheServicesWriteIt(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    var time = Instant.ofEpochSecond(second, nano);

    assertThat(Times.millis(time.toString())).isEqualTo(time.toEpochMilli());
  }

  @Property
  void everyDurationHasWords(@ForAll long millis) {
    assertThat(Times.words(Duration.ofMillis(millis)))
        .matches(
            "\\d{1,3} ms|\\d{1,2}\\.\\d\\d s|\\d{1,2}m \\d{1,2}s|\\d{1,2}h \\d{1,2}m|\\d+d \\d{1,2}h");
  }
}
