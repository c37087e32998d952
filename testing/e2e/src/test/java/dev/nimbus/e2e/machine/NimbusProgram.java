package dev.nimbus.e2e.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A {@code nimbus} in a folder, which is the one under test. */
final class NimbusProgram {
  private NimbusProgram() {}

  /** Writes it, and returns its folder. */
  static Path in(Path folder) throws IOException {
    return in(folder, Map.of());
  }

  /** The same, with more in its environment. */
  static Path in(Path folder, Map<String, String> environment) throws IOException {
    Files.createDirectories(folder);
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var exports = new StringBuilder();
    environment.forEach((name, value) -> exports.append("export %s='%s'\n".formatted(name, value)));
    var script =
        """
        #!/bin/sh
        NIMBUS_AGENT_ISOLATION_POLICY=allow-reduced
        export NIMBUS_AGENT_ISOLATION_POLICY
        %s
        exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m \\
          --enable-native-access=ALL-UNNAMED -cp '%s' dev.nimbus.cli.Main "$@"
        """
            .formatted(exports, java, System.getProperty("java.class.path"));
    var file = Files.writeString(folder.resolve("nimbus"), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }
}
