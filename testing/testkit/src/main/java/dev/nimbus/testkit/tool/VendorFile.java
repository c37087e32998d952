package dev.nimbus.testkit.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file somebody else wrote, in {@code testing/vendor}, where {@code .ci/run} puts what it can
 * get. Nothing of it is kept in the repository.
 */
public final class VendorFile {
  private static final Path FOLDER = Path.of("testing", "vendor");

  private VendorFile() {}

  /**
   * Where the file is; a test without it is skipped, or fails on a build server.
   *
   * @param name below {@code testing/vendor}
   * @param how to get it
   */
  public static Path of(String name, String how) {
    var found = find(name);
    Needs.that(found.isPresent(), "testing/vendor/%s (%s)".formatted(name, how));
    return found.orElseThrow();
  }

  /** Where the file is; empty when this machine has none. */
  static Optional<Path> find(String name) {
    return Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
        .map(up -> up.resolve(FOLDER).resolve(name))
        .filter(Files::exists)
        .findFirst();
  }
}
