package dev.nimbus.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has no account with a cloud pays nothing for what speaks with it. */
final class UnusedCloudsTest {
  private static final List<String> CLOUDS =
      List.of(
          "software.amazon.",
          "com.google.api.",
          "com.google.auth.",
          "com.azure.",
          "com.microsoft.",
          "io.fabric8.",
          "org.apache.sshd.",
          "dev.nimbus.adapters.aws.",
          "dev.nimbus.adapters.gcp.",
          "dev.nimbus.adapters.hetzner.",
          "dev.nimbus.adapters.providers.");

  @TempDir private Path folder;

  @Test
  void notOneClassOfTheirsIsLoaded() throws IOException {
    var loaded = folder.resolve("loaded-%p");
    var log = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load=info:file=" + loaded);
    try (var nimbus = Machine.start(Files.createDirectories(folder.resolve("up")), log)) {
      assertThat(nimbus.client().machines(true)).isEmpty();
    }

    var classes = classes();
    assertThat(classes)
        .anyMatch(name -> name.startsWith("dev.nimbus.controlplane.scaling.Elastic"));
    assertThat(classes).noneMatch(name -> CLOUDS.stream().anyMatch(name::startsWith));
  }

  private List<String> classes() throws IOException {
    try (var files = Files.list(folder)) {
      var logs = files.filter(file -> file.getFileName().toString().startsWith("loaded-")).toList();
      return logs.stream()
          .flatMap(file -> lines(file).stream())
          .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst(" .*", ""))
          .toList();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
