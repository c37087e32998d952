package dev.nimbus.hostagent.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Programs of runners that are scripts of a test. */
public final class FakeTools {
  private FakeTools() {}

  /** Puts a program where it belongs. */
  public static Path add(Path folder, String path, String script) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Stream<Path> all = Files.walk(folder)) {
      for (var one : all.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    return file;
  }
}
