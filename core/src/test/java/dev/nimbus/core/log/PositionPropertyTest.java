package dev.nimbus.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.Fence;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

final class PositionPropertyTest {
  @Property
  void aPositionIsReadAsItWasWritten(
      @ForAll @LongRange(min = 0) long attempt, @ForAll @LongRange(min = 0) long sequence) {
    var position = new Position(new Fence(attempt), sequence);

    assertThat(Position.parse(position.toString())).isEqualTo(position);
  }

  @Property
  void anyTextIsAPositionOrRefused(@ForAll("texts") String text) {
    try {
      assertThat(Position.parse(text).sequence()).isNotNegative();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("'" + text + "'");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    var number = Arbitraries.strings().withChars("09+-").ofMaxLength(3);
    return Arbitraries.oneOf(
        Combinators.combine(number, Arbitraries.of(".", "", ".."), number)
            .as((a, b, c) -> a + b + c),
        Arbitraries.strings().ofMaxLength(5));
  }
}
