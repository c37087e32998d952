package dev.nimbus.testkit.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program somebody else wrote, for ours to be tried with: in {@code testing/vendor/bin}, where
 * {@code .ci/run} puts what it can get, or on the path.
 */
public final class VendorProgram {
  private VendorProgram() {}

  /** Where the program is; empty when this machine has none. */
  public static Optional<Path> find(String name) {
    return VendorFile.find("bin/" + name)
        .or(
            () ->
                path().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst());
  }

  /**
   * Where the program is; a test without it is skipped, or fails on a build server.
   *
   * @param how to get it
   */
  public static Path file(String name, String how) {
    var found = find(name);
    Needs.that(found.isPresent(), "the program '%s' (%s)".formatted(name, how));
    return found.orElseThrow();
  }

  private static Stream<Path> path() {
    var path = new ProcessBuilder().environment().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of);
  }
}
