package dev.nimbus.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A document that is made from the code and kept with it. */
record Page(Path file, String text) {
  /** Says so to whoever changed the code; writes the file when {@code nimbus.docs.write} is set. */
  void check() throws IOException {
    if (Boolean.getBoolean("nimbus.docs.write")) {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("made from the code; -Dnimbus.docs.write=true writes it anew")
        .hasContent(text);
  }

  /** A row of a table. */
  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells.stream().map(Page::escaped).toList()) + " |\n";
  }

  /** The head of a table. */
  static String head(String... names) {
    return row(List.of(names)) + "|---".repeat(names.length) + "|\n";
  }

  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|").replace("\n", " ");
  }
}
