package dev.nimbus.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.policy.Condition.Answer;
import dev.nimbus.core.policy.Facts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Whatever is written as an expression is refused, or says something of every job. */
final class ExpressionPropertyTest {
  private static final List<Facts> JOBS =
      List.of(
          Facts.of(Written.ACME, Asked.job().build()),
          Facts.of(Written.ACME, Asked.job().labelled().titled("").on("").build()),
          Facts.of(
              Written.ACME,
              Asked.job()
                  .labelled(IntStream.range(0, 100).mapToObj(i -> "l" + i).toList())
                  .titled("\ud83d".repeat(500))
                  .build()));

  @Property
  void whatLooksLikeAnExpressionAnswers(@ForAll("claims") String text) {
    Statistics.collect(answers(text));
    Statistics.coverage(seen -> seen.check(true).percentage(share -> share > 10));
    Statistics.coverage(seen -> seen.check(false).percentage(share -> share > 1));
  }

  @Property
  void tokensInAnyOrderAnswerOrAreRefused(@ForAll("tokens") String text) {
    var _ = answers(text);
  }

  private static boolean answers(String text) {
    var compiled = compiled(text);
    compiled.ifPresent(expression -> JOBS.forEach(job -> check(text, expression.of(job))));
    return compiled.isPresent();
  }

  private static void check(String text, Answer answer) {
    switch (answer) {
      case Answer.Holds _, Answer.Misses _ -> {}
      case Answer.Broken(var why) -> assertThat(why).as(text).startsWith("its expression ");
    }
  }

  private static Optional<Expression> compiled(String text) {
    try {
      return Optional.of(ExpressionCompiler.SHARED.compile(text));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).as(text).isNotBlank();
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of(
            "job",
            ".",
            "labels",
            "title",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "'",
            "\"",
            "r'",
            "\\",
            "?",
            ":",
            ",",
            "==",
            "in",
            "&&",
            "||",
            "!",
            "-",
            "+",
            "1",
            "e",
            "exists",
            "all",
            "map",
            "filter",
            "has",
            "matches",
            "dyn",
            "null",
            "\n",
            "\u0000",
            "é",
            "\ud83d",
            "/*",
            "//",
            "`",
            "@result",
            "__comprehension__")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> claims() {
    return claims(3);
  }

  private Arbitrary<String> claims(int depth) {
    return depth == 0 ? comparisons() : Arbitraries.oneOf(joined(depth - 1), walks(depth - 1));
  }

  private Arbitrary<String> joined(int depth) {
    var joint = Arbitraries.of(" && ", " || ", " == ", " != ");
    var two = Combinators.combine(claims(depth), joint, comparisons()).as((a, b, c) -> a + b + c);
    var choice =
        Combinators.combine(claims(depth), comparisons(), comparisons())
            .as((a, b, c) -> "(" + a + " ? " + b + " : " + c + ")");
    return Arbitraries.oneOf(two, choice, claims(depth).map(claim -> "!(" + claim + ")"));
  }

  private Arbitrary<String> walks(int depth) {
    return Combinators.combine(Arbitraries.of("exists", "all", "exists_one"), claims(depth))
        .as((macro, claim) -> "job.labels.filter(l, l != '')." + macro + "(l, " + claim + ")");
  }

  private Arbitrary<String> comparisons() {
    var text =
        Arbitraries.of(
            "job.branch", "job.title", "'main'", "l", "job.labels[0]", "string(job.cpus)", "b'x'");
    var number =
        Arbitraries.of(
            "job.attempt",
            "job.cpus",
            "size(job.labels)",
            "0",
            "-1",
            "9223372036854775807",
            "1.5",
            "2u");
    var pattern = Arbitraries.of("a", "(a|b)*", "^$", "(", "\\\\d");
    return Arbitraries.oneOf(
        Combinators.combine(text, text).as((a, b) -> a + " == " + b),
        Combinators.combine(number, number).as((a, b) -> a + " < " + b),
        Combinators.combine(number, number, number).as((a, b, c) -> a + " / " + b + " == " + c),
        Combinators.combine(text, pattern).as((a, b) -> a + ".matches('" + b + "')"));
  }
}
