package dev.nimbus.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

final class SafePatternPropertyTest {
  private static final int MOST = 3_000;

  @Property(tries = 10_000)
  void anyTextIsASmallPatternOrRefusedWithAReason(@ForAll("texts") String text) {
    var compiled = compiled(text);

    Statistics.collect(compiled);
    Statistics.coverage(seen -> seen.check(true).percentage(share -> share > 5));
    Statistics.coverage(seen -> seen.check(false).percentage(share -> share > 5));
  }

  private static boolean compiled(String text) {
    try {
      var pattern = SafePattern.compile(text, 0);
      var _ = pattern.matcher("ab)9é{3}").find();
      assertThat(pattern.programSize()).isLessThanOrEqualTo(MOST);
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("a regular expression: ");
      return false;
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "b",
            ".",
            "\\d",
            "[a-z]",
            "[^)]",
            "\\{",
            "(",
            ")",
            "(?:",
            "(?i:",
            "(?i)",
            "[b-🙂]",
            "\\x{1C80}",
            "|",
            "*",
            "+",
            "?",
            "{3}",
            "{2,5}",
            "{9,}",
            "{,4}",
            "{1000}",
            "{1001}",
            "\\pL",
            "[[:alpha:]]",
            "^",
            "$",
            "\\b",
            "\\Q",
            "\\E",
            "\\x{41}",
            "[",
            "]",
            "-",
            "\\",
            "\\)",
            "é",
            "🙂",
            "\ud83d")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
