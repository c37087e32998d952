package dev.nimbus.e2e.boundaries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.e2e.docs.Tree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The null checker is alive: javac, with the very arguments the build gives it, refuses a null that
 * was planted and takes the same class without it. A checker that was switched off, or no longer
 * fits the compiler, would let both pass.
 */
final class PlantedNullTest {
  private static final Pattern ARGUMENT = Pattern.compile("<arg>([^<]+)</arg>");

  @TempDir Path folder;

  @Test
  void aPlantedNullIsRefusedAndNothingElseIs() throws Exception {
    assertThat(compile("return text;")).isEqualTo(new Outcome(0, ""));

    var planted = compile("return null;");

    assertThat(planted.code()).isEqualTo(1);
    assertThat(planted.said()).contains("[NullAway] returning @Nullable expression");
  }

  private Outcome compile(String statement) throws IOException, InterruptedException {
    var source = folder.resolve("Planted.java");
    Files.writeString(
        source,
        """
        package planted;

        @org.jspecify.annotations.NullMarked
        final class Planted {
          private Planted() {}

          static String same(String text) {
            %s
          }
        }
        """
            .formatted(statement));
    var process = new ProcessBuilder(command(source)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  private List<String> command(Path source) throws IOException {
    var tree = Tree.here();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    tree.text(".mvn/jvm.config").lines().forEach(flag -> command.add("-J" + flag));
    ARGUMENT.matcher(tree.text("pom.xml")).results().forEach(found -> command.add(found.group(1)));
    var classpath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-processorpath", classpath, "-cp", classpath));
    command.addAll(List.of("-d", folder.toString(), source.toString()));
    return command;
  }

  private record Outcome(int code, String said) {}
}
