package dev.nimbus.adapters.providers.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Words from anywhere stay words: neither a shell nor SQL reads anything else into them. */
final class KeeperScriptPropertyTest {
  private static final Path FOLDER = made();
  private static final Path TRAP = FOLDER.resolve("trap");

  private final KeeperScript script = KeeperScript.load();

  private static Path made() {
    try {
      return Files.createTempDirectory("keeper");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeContainer
  static void begin() throws IOException {
    Files.createDirectories(FOLDER);
  }

  @AfterContainer
  static void end() {
    Processes.run("rm", "-rf", FOLDER.toString());
  }

  @Property(tries = 60)
  void aWordReachesTheShellAsItIs(@ForAll("words") String word) throws Exception {
    var printed = shell("printf '%s' " + KeeperScript.quoted(word) + "\n");

    assertThat(printed).isEqualTo(word);
  }

  @Property(tries = 60)
  void anInputReachesItsCallAsItIs(@ForAll("words") String word) throws Exception {
    var input = word + "\nEND_OF_INPUT\n" + word + "\n";
    var call = script.calling(List.of("/nowhere", "check"), input);

    var printed = shell("keeper() { cat; }\n" + call.substring(call.lastIndexOf("keeper '/")));

    assertThat(printed).isEqualTo(input);
  }

  @Property(tries = 60)
  void noNameOrNumberIsMoreThanThat(@ForAll("words") String word) throws Exception {
    for (var at = 2; at <= 9; at++) {
      var words =
          new java.util.ArrayList<>(
              List.of(
                  FOLDER.resolve("state").toString(),
                  "launch",
                  "nb-ours0001-abc12345",
                  "ours0001",
                  "acme",
                  "linux",
                  "0".repeat(64),
                  "1",
                  "60",
                  "3"));
      words.set(at, word + "'");
      assertThat(shell(script.calling(words, "id\n"))).matches("nimbus (invalid|denied) .*\n");
    }
    assertThat(TRAP).doesNotExist();
    assertThat(FOLDER.resolve("state")).doesNotExist();
  }

  @Provide
  Arbitrary<String> words() {
    var trap = "touch " + TRAP;
    var tricks =
        Arbitraries.of(
            "'; " + trap + "; '",
            "$(" + trap + ")",
            "`" + trap + "`",
            "\n" + trap + "\n",
            "x'); DROP TABLE machine_state; --",
            "nb-ours0001-abc12345",
            "-rf",
            "*",
            "");
    var texts = Arbitraries.strings().withChars("ab01-'\"$`\\;&|<>()*? \n\t!#~é").ofMaxLength(40);
    return Arbitraries.oneOf(tricks, texts)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }

  private static String shell(String script) throws Exception {
    var process =
        new ProcessBuilder("/bin/sh", "-s")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .directory(FOLDER.toFile())
            .start();
    try (var input = process.getOutputStream()) {
      input.write(script.getBytes(StandardCharsets.UTF_8));
    }
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(1, TimeUnit.MINUTES);
    return printed;
  }
}
