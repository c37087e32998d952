package dev.nimbus.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ParsersAgreeTest {
  private static final Command.Action<String> NOTHING = (_, _) -> 0;
  private static final List<Option> OPTIONS =
      List.of(
          Option.flag("--all", "x"),
          new Option(List.of("-f", "--follow"), new Option.Shape.Flag(), "x"),
          Option.value("--name", "N", "x"),
          new Option(List.of("-o", "--out"), new Option.Shape.Value("O", List.of("a", "b")), "x"),
          Option.repeated("--tag", "T", "x"));
  private static final Command.Group<String> GROUP =
      new Command.Group<>(
          "group", Manual.of("x"), List.of(leaf("inner", Grammar.of(OPTIONS.getFirst()))));
  private static final Program<String> PROGRAM =
      new Program<>(
          new Command.Group<>(
              "tool",
              Manual.of("x"),
              List.of(
                  leaf("plain", new Grammar(OPTIONS, List.of(), false)),
                  leaf("one", new Grammar(OPTIONS, List.of(Operand.one("X", "x")), false)),
                  leaf("many", new Grammar(OPTIONS, List.of(Operand.many("X", "x")), true)),
                  GROUP)),
          "1");
  private static final List<String> WORDS =
      List.of(
          "plain",
          "one",
          "many",
          "group",
          "inner",
          "--all",
          "-f",
          "--follow",
          "--name",
          "--name=",
          "--name=x",
          "-o",
          "a",
          "b",
          "--out=a",
          "--out",
          "--tag",
          "--tag=1=2",
          "--tag=x",
          "--",
          "-",
          "x",
          "",
          "--wrong",
          "-x",
          "word with space",
          "@file",
          "'q'",
          "\"q\"",
          "-1");

  private static Command.Leaf<String> leaf(String name, Grammar grammar) {
    return new Command.Leaf<>(name, Manual.of("x"), grammar, NOTHING);
  }

  @Test
  void whereTheQuickParserAnswersTheFullOneGivesTheSameAnswer() {
    var random = new Random(20_261_122);
    var answered = 0;
    for (var round = 0; round < 10_000; round++) {
      var words = words(random);
      var quick = QuickParser.parse(PROGRAM.root(), words);
      if (quick.isPresent()) {
        answered++;
        assertThat(new FullParser<>(PROGRAM, Look.PLAIN).parse(words))
            .as("%s", words)
            .isEqualTo(new Parsed.Run<>(quick.get()));
      }
    }
    assertThat(answered).isGreaterThan(500);
  }

  private static List<String> words(Random random) {
    var words = new ArrayList<String>();
    words.add(WORDS.get(random.nextInt(4)));
    for (var count = random.nextInt(6); count > 0; count--) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return words;
  }

  @Test
  void aPlainlyRightLineNeedsNoFullParser() {
    var line = List.of("many", "--tag", "a", "--tag=b", "-o", "a", "x", "--all");

    var call = QuickParser.parse(PROGRAM.root(), line).orElseThrow();

    assertThat(call.arguments().texts(OPTIONS.get(4))).containsExactly("a", "b");
    assertThat(call.arguments().operands()).containsExactly("x", "--all");
  }

  private static Parsed<String> parse(String... words) {
    return PROGRAM.parse(List.of(words), () -> Look.PLAIN);
  }

  private static String said(String... words) {
    return ((Parsed.Say<String>) parse(words)).err();
  }

  @Test
  void aMistypedCommandOrOptionIsSuggested() {
    assertThat(said("plian"))
        .startsWith("nimbus: unknown command 'plian'; did you mean ")
        .contains("plain")
        .endsWith("\nTry: tool --help\n");
    assertThat(said("plain", "--nam"))
        .isEqualTo(
            "nimbus: unknown option '--nam'; did you mean --name?\nTry: tool plain --help\n");
  }

  @Test
  void everyOtherMistakeIsNamedToo() {
    assertThat(said("plain", "word")).startsWith("nimbus: unexpected argument 'word'");
    assertThat(said("one")).startsWith("nimbus: X is missing");
    assertThat(said("plain", "--name")).contains("--name");
    assertThat(said("plain", "--out=c")).contains("--out is 'c', but wants one of a, b");
    assertThat(said("plain", "--name=a", "--name=b")).contains("--name");
    assertThat(said("group")).contains("inner");
  }

  @Test
  void everyMistakeIsWrongUsage() {
    assertThat(((Parsed.Say<String>) parse("group")).exitCode()).isEqualTo(2);
    assertThat(((Parsed.Say<String>) parse("nothing")).exitCode()).isEqualTo(2);
  }

  @Test
  void helpAndVersionAreNotMistakes() {
    assertThat(parse("--version")).isEqualTo(new Parsed.Say<String>(0, "1\n", ""));
    assertThat(((Parsed.Say<String>) parse("one", "--help")).exitCode()).isZero();
    assertThat(((Parsed.Say<String>) parse()).exitCode()).isZero();
  }
}
