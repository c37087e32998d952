package dev.nimbus.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {
  private static Table jobs() {
    return Table.of("JOB", "STATE", "COMMAND")
        .row("j-1", "failed", "make test")
        .row("j-22", "running", "a very long command that goes on and on");
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    assertThat(Table.of("A", "B").row("long cell", "x").text(80, false))
        .isEqualTo("A          B\nlong cell  x\n");
  }

  @Test
  void noLineIsWiderThanTheTerminalAndWhatIsLostIsMarked() {
    var text = jobs().text(40, false);

    assertThat(text.lines()).allMatch(line -> line.length() <= 40);
    assertThat(text).contains("j-22  running  a very long command that…\n");
  }

  @Test
  void aTerminalTooNarrowForAnythingStillGetsARow() {
    assertThat(jobs().text(5, false).lines()).hasSize(3);
  }

  @Test
  void onlyStatesAndHeadingsAreColoured() {
    assertThat(jobs().text(80, true))
        .contains("\u001b[31mfailed\u001b[0m")
        .contains("\u001b[36mrunning\u001b[0m")
        .contains("\u001b[1mJOB\u001b[0m")
        .contains("make test\n");
  }

  @Test
  void aCellCannotSpeakToTheTerminal() {
    assertThat(Table.of("A").row("a\u001b[2Jb\nc\u202ed").text(80, false))
        .isEqualTo("A\na [2Jb c d\n");
  }
}
