package dev.nimbus.testkit.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs from the machine. Where it is missing the test is skipped with one line that
 * says so; where the environment says {@code CI=true} it fails, so that a build server proves all.
 */
public final class Needs {
  private static final List<String> FOLDERS =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private Needs() {}

  /** Needs to run as root. */
  public static void root() {
    that(System.getProperty("user.name").equals("root"), "the user root");
  }

  /** Needs a program in one of the usual folders. */
  public static void program(String name) {
    that(
        FOLDERS.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, name))),
        "the program '" + name + "'");
  }

  /** Needs something else, named by words that complete "this test needs ...". */
  public static void that(boolean present, String what) {
    if (present) {
      return;
    }
    var message = "This test needs " + what + ", which this machine does not have";
    if (builtByServer()) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
  }

  private static boolean builtByServer() {
    return "true".equals(new ProcessBuilder().environment().get("CI"));
  }
}
