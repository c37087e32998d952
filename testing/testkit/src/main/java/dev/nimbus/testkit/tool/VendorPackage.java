package dev.nimbus.testkit.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a vendor publishes about itself, for tests to be held against: a package listed in {@code
 * testing/vendor/package.json}. Nothing of it is kept in the repository.
 */
public final class VendorPackage {
  private static final Path FOLDER = Path.of("testing", "vendor", "node_modules");

  private VendorPackage() {}

  /** The folder of a package; a test without it is skipped, or fails on a build server. */
  public static Path folder(String name) {
    var found = find(name);
    Needs.that(
        found.isPresent(), "the package '" + name + "' (npm ci --prefix testing/vendor brings it)");
    return found.orElseThrow();
  }

  private static Optional<Path> find(String name) {
    for (var up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      var folder = up.resolve(FOLDER).resolve(name);
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
