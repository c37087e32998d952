package dev.nimbus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.policy.Patterns.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

final class PatternsPropertyTest {
  /** The regular expressions of the JDK are slower and say the same. */
  @Property(tries = 5_000)
  void aGlobMeansWhatTheSameRegularExpressionMeans(
      @ForAll("globs") String glob, @ForAll("texts") String text) {
    var expected = Pattern.matches(glob.replace("*", ".*").replace('?', '.'), text);

    assertThat(new Glob(glob).matches(text)).isEqualTo(expected);
    Statistics.collect(expected);
    Statistics.coverage(seen -> seen.check(true).percentage(share -> share > 5));
    Statistics.coverage(seen -> seen.check(false).percentage(share -> share > 5));
  }

  @Property
  void whatIsSparedIsNeverMeant(
      @ForAll("lists") List<String> meant,
      @ForAll("globs") String spared,
      @ForAll("texts") String text) {
    var list = new ArrayList<>(meant);
    list.add("!" + spared);

    var both = Patterns.of(list, Letters.EXACT).mean(text);
    var without = meant.isEmpty() || Patterns.of(meant, Letters.EXACT).mean(text);

    assertThat(both).isEqualTo(without && !new Glob(spared).matches(text));
  }

  @Property
  void aPatternMoreNeverMeansLess(
      @ForAll("lists") List<String> patterns,
      @ForAll("globs") String more,
      @ForAll("texts") String text) {
    var longer = new ArrayList<>(patterns);
    longer.add(more);

    if (!patterns.isEmpty() && Patterns.of(patterns, Letters.EXACT).mean(text)) {
      assertThat(Patterns.of(longer, Letters.EXACT).mean(text)).isTrue();
    }
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.strings().withChars("ab*?").ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab").ofMaxLength(6);
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return globs().list().ofMaxSize(3);
  }
}
