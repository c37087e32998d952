package dev.nimbus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.policy.Patterns.Letters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatternsTest {
  @ParameterizedTest
  @CsvSource({
    "acme/*, acme/shop, true",
    "acme/*, acme/group/shop, true",
    "acme/*, acme/, true",
    "acme/*, acmes/shop, false",
    "acme/shop, acme/shop, true",
    "acme/shop, acme/shop2, false",
    "*, '', true",
    "?, '', false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*.example, a.example, true",
    "*a*b, xaxb, true",
    "*a*b, xbxa, false",
    "[a], a, false",
    "a+, aa, false",
  })
  void aStarStandsForAnythingAndAQuestionMarkForOneCharacter(
      String pattern, String text, boolean matches) {
    assertThat(Patterns.of(List.of(pattern), Letters.EXACT).mean(text)).isEqualTo(matches);
  }

  /** Trying every way to split the text among the stars would not end in a lifetime. */
  @Test
  void manyStarsOnATextThatDoesNotMatchEnd() {
    assertThat(new Glob("*a".repeat(250) + "b").matches("a".repeat(500))).isFalse();
  }

  @Test
  void aPatternWithAnExclamationMarkSparesWhatOthersMean() {
    var patterns = Patterns.of(List.of("acme/*", "!acme/shop", "!acme/x*"), Letters.FOLDED);

    assertThat(patterns.mean("ACME/till")).isTrue();
    assertThat(patterns.mean("acme/Shop")).isFalse();
    assertThat(patterns.mean("acme/xyz")).isFalse();
    assertThat(patterns.mean("other/till")).isFalse();
  }

  @Test
  void onlyExclamationMarksMeanTheRest() {
    var patterns = Patterns.of(List.of("!main", "!release/*"), Letters.EXACT);

    assertThat(patterns.mean("dev")).isTrue();
    assertThat(patterns.mean("")).isTrue();
    assertThat(patterns.mean("MAIN")).isTrue();
    assertThat(patterns.mean("main")).isFalse();
    assertThat(patterns.mean("release/1/2")).isFalse();
  }

  @Test
  void aLongListIsCutInSentences() {
    var patterns = Patterns.of(List.of("a", "b", "c", "d", "e", "f", "g"), Letters.EXACT);

    assertThat(patterns.words("branch")).isEqualTo("branch 'a', 'b', 'c', 'd', 'e' or 2 more");
    assertThat(Patterns.allBut(List.of("a", "b"), Letters.EXACT).words("branch"))
        .isEqualTo("any branch but 'a' or 'b'");
  }
}
