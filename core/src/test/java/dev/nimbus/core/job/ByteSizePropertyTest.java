package dev.nimbus.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

final class ByteSizePropertyTest {
  @Property
  void aSizeIsWhatIsWrittenRoundedDownToBytes(
      @ForAll @LongRange(min = 1, max = 4_194_303) long whole,
      @ForAll("fractions") String fraction,
      @ForAll("units") Unit unit) {
    var number = whole + fraction;
    var exact = new BigDecimal(number).multiply(BigDecimal.valueOf(1L << unit.shift));

    var bytes = ByteSize.parse(number + unit.text);

    assertThat(bytes).isEqualTo(exact.setScale(0, RoundingMode.DOWN).longValueExact());
  }

  @Property
  void anyTextIsASizeAboveZeroOrRefused(@ForAll("nearlySizes") String text) {
    try {
      assertThat(ByteSize.parse(text)).isPositive();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("'" + text + "'");
    }
  }

  @Provide
  Arbitrary<Unit> units() {
    var prefixes = Arbitraries.of("", "k", "K", "m", "M", "g", "G", "t", "T");
    var endings = Arbitraries.of("", "b", "B", "ib", "iB", "IB");
    return Combinators.combine(prefixes, endings)
        .as(
            (prefix, ending) ->
                new Unit(
                    prefix + ending,
                    prefix.isEmpty()
                        ? 0
                        : 10 * (1 + "kmgt".indexOf(prefix.toLowerCase(Locale.ROOT)))));
  }

  @Provide
  Arbitrary<String> fractions() {
    var digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(3).map(d -> "." + d);
    return Arbitraries.oneOf(Arbitraries.just(""), digits);
  }

  @Provide
  Arbitrary<String> nearlySizes() {
    return Arbitraries.strings().withChars("0019.,-+eEkKmMgGtTiIbB _").ofMaxLength(22);
  }

  record Unit(String text, int shift) {}
}
