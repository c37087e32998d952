package dev.nimbus.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferenceTest {
  private static final Path PAGE = Path.of("../../docs/reference/cli.md");

  /**
   * When this fails, {@code -Dnimbus.docs.write=true} writes the page anew: read the difference.
   */
  @Test
  void theDocumentedHelpIsWhatTheCommandsSay() throws IOException {
    var said = Typed.in(Map.of(), "reference").out();
    if (Boolean.getBoolean("nimbus.docs.write")) {
      Files.writeString(PAGE, said);
    }

    assertThat(said).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void everyCommandHasAnExample() throws IOException {
    var pages = Files.readString(PAGE).split("\n## ", -1);

    assertThat(pages).hasSizeGreaterThan(30);
    for (var page = 1; page < pages.length; page++) {
      assertThat(pages[page]).contains("Examples:\n  ");
    }
  }

  @Test
  void bashLoadsItsCompletionAndKnowsCommandsAndOptions(@TempDir Path folder)
      throws IOException, InterruptedException {
    var script = Files.writeString(folder.resolve("nimbus"), completion("bash"));
    var ask =
        """
        set -e; compopt() { :; }; source %s
        COMP_WORDS=(nimbus jo); COMP_CWORD=1; _complete_nimbus; echo "${COMPREPLY[@]}"
        COMP_WORDS=(nimbus run --ti); COMP_CWORD=2; _complete_nimbus; echo "${COMPREPLY[@]}"
        """
            .formatted(script);

    assertThat(output("bash", "-c", ask)).isEqualTo("jobs\n--timeout\n");
  }

  @Test
  void zshAndFishGetScriptsOfTheirOwn() {
    assertThat(completion("zsh")).startsWith("autoload -Uz compinit bashcompinit\n");
    assertThat(completion("fish"))
        .contains("complete -c nimbus -n '__fish_use_subcommand' -a jobs -d ")
        .contains("-l network -x -a 'host none'");
    assertThat(Typed.in(Map.of(), "completion", "tcsh").code()).isEqualTo(2);
  }

  private static String completion(String shell) {
    return Typed.in(Map.of(), "completion", shell).out();
  }

  private static String output(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
