package dev.nimbus.cli.doctor;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder for a moment, so that looking leaves a running agent and an unused home alone. */
final class Scratch implements AutoCloseable {
  private final Path path;

  Scratch() {
    try {
      path = Files.createTempDirectory("nimbus-doctor");
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot make a temporary folder: " + e, e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (var all = Files.walk(path)) {
      for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot clear '" + path + "': " + e, e);
    }
  }
}
