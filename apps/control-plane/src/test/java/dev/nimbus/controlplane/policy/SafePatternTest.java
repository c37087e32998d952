package dev.nimbus.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafePatternTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9a-f]{40}",
        "(\\d{1,3}\\.){3}\\d{1,3}",
        "x{0,1000}",
        "(foo|bar|baz){1,20}",
        "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}",
      })
  void whatPeopleWriteIsCompiled(String pattern) {
    assertThat(SafePattern.compile(pattern, 0).pattern()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(((a{1000}){1000}){1000})",
        "((((a{30}){30}){30}){30})",
        "(a{1000}){1000}",
        "(?:(?:a?){1000}){1000}",
        "(((x{0,9}){0,9}){0,9}){0,9}",
      })
  void repetitionsThatMultiplyAreRefusedBeforeTheyAreBuilt(String pattern) {
    assertThatThrownBy(() -> SafePattern.compile(pattern, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a)\\1", "a(?=b)", "a(?!b)", "(?<=a)b", "a++", "(", "[", "\\"})
  void whatNeedsBacktrackingOrIsNoneIsRefused(String pattern) {
    assertThatThrownBy(() -> SafePattern.compile(pattern, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a regular expression");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i:[b-\uD83D\uDE42])",
        "(?i)\u1C80",
        "(?i)[a-\\x{10FFFF}]",
        "(?i)\\x{1C85}",
        "(?is:[^ -\u4E00])"
      })
  void whatWouldBeLookedForWithoutEndIsRefused(String pattern) {
    assertThatThrownBy(() -> SafePattern.compile(pattern, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U+1C80");
    assertThatThrownBy(() -> SafePattern.compile(pattern, Pattern.CASE_INSENSITIVE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?i)修正", "(?i)[а-я]+", "(?i)[🙂x]", "[a-\uD83D\uDE42]", "(?i)\\pL-x"})
  void otherWritingsCanBeUsedWhereCapitalsDoNotCount(String pattern) {
    assertThat(SafePattern.compile(pattern, 0).pattern()).isEqualTo(pattern);
  }

  /** Backtracking would try two to the five hundredth ways. */
  @Test
  void aTextMadeToBacktrackIsJustText() {
    var pattern = SafePattern.compile("^(a|a|aa)*(a+)+$", 0);

    assertThat(pattern.matcher("a".repeat(499) + "b").find()).isFalse();
    assertThat(pattern.matcher("a".repeat(500)).find()).isTrue();
  }
}
