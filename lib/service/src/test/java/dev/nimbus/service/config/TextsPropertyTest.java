package dev.nimbus.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class TextsPropertyTest {
  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "", Duration.ofSeconds(1),
          "s", Duration.ofSeconds(1),
          "M", Duration.ofMinutes(1),
          " h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  @Property
  void aDurationIsItsNumberOfUnits(@ForAll @IntRange(max = 100_000) int count) {
    assertThat(TIMES)
        .allSatisfy(
            (unit, one) ->
                assertThat(Texts.duration(count + unit)).isEqualTo(one.multipliedBy(count)));
  }

  @Property
  void anyTextIsADurationThatCanBeCountedOrRefused(@ForAll("texts") String text) {
    try {
      assertThat(Texts.duration(text).toNanos()).isNotNegative();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Property
  void anyTextIsASizeOrRefused(@ForAll("texts") String text) {
    try {
      assertThat(Texts.bytes(text)).isNotNegative();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    var numbers = Arbitraries.strings().numeric().ofMaxLength(20);
    var units = Arbitraries.strings().withChars("msHdkMGtiB -.").ofMaxLength(3);
    return Combinators.combine(numbers, units).as(String::concat);
  }
}
