package dev.nimbus.cli.daemon;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file only its owner reads, replaced whole. */
final class PrivateFile {
  private PrivateFile() {}

  static void write(Path file, String text) {
    try {
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot write '" + file + "': " + e, e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot delete '" + file + "': " + e, e);
    }
  }
}
