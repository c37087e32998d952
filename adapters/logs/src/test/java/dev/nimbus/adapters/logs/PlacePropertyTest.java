package dev.nimbus.adapters.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.Position;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

final class PlacePropertyTest {
  @Property
  void aSearchGoesOnWhereItStopped(
      @ForAll @LongRange(min = 0) long job,
      @ForAll @LongRange(min = 0) long attempt,
      @ForAll @LongRange(min = 0) long sequence) {
    var place = new Place(job, new Position(new Fence(attempt), sequence));

    var rest = (Scope.Everything) place.rest(Scope.Everything.FROM_THE_NEWEST);

    assertThat(Place.parse(rest.after())).isEqualTo(place);
  }

  @Property
  void anyTextIsACursorOrInvalid(@ForAll("texts") String text) {
    try {
      assertThat(Place.parse(text).position()).isGreaterThanOrEqualTo(Position.START);
    } catch (NimbusException e) {
      assertThat(e.kind()).isEqualTo(Kind.INVALID);
      assertThat(e).hasMessageContaining("'" + text + "'");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    var number = Arbitraries.strings().withChars("09+-").ofMaxLength(20);
    var dots = Arbitraries.of(".", ":", "", "..");
    return Arbitraries.oneOf(
        Combinators.combine(number, dots, number, dots, number)
            .as((a, b, c, d, e) -> a + b + c + d + e),
        Arbitraries.strings().ofMaxLength(6));
  }
}
