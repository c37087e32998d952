package dev.nimbus.controlplane.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * What tells without reading that a file was changed.
 *
 * @param file which one the name leads to; empty where the file system does not say
 */
record Stamp(Instant changedAt, long bytes, String file) {
  /** Where there is no file. */
  static final Stamp NONE = new Stamp(Instant.EPOCH, -1, "");

  private static final Duration YOUNG = Duration.ofSeconds(1);

  static Stamp of(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime().toInstant(),
          attributes.size(),
          String.valueOf(attributes.fileKey()));
    } catch (IOException _) {
      return NONE; // Reading the file says why.
    }
  }

  /** Whether somebody may still be writing the file. */
  boolean young(Instant now) {
    return Duration.between(changedAt, now).abs().compareTo(YOUNG) < 0;
  }
}
