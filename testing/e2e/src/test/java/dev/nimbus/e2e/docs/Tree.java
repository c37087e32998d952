package dev.nimbus.e2e.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the project. */
public record Tree(Path root) {
  private static final Set<String> NOT_OURS = Set.of("target", "dist", ".git", "node_modules");

  /** The one these tests were started in. */
  public static Tree here() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("ARCHITECTURE.md"))) {
      var above = folder.getParent();
      if (above == null) {
        throw new IllegalStateException("These tests run inside the sources");
      }
      folder = above;
    }
    return new Tree(folder);
  }

  public Path file(String name) {
    return root.resolve(name);
  }

  public String text(String name) {
    return text(file(name));
  }

  public String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every document, in the order of their paths. */
  List<Path> documents() {
    return files(root).filter(file -> file.toString().endsWith(".md")).sorted().toList();
  }

  /** The sources of everything that runs, in the order of their paths. */
  List<Path> sources() {
    return Stream.of("lib", "adapters", "apps")
        .flatMap(name -> files(root.resolve(name)))
        .filter(file -> file.toString().contains("/src/main/java/"))
        .filter(file -> file.toString().endsWith(".java"))
        .sorted()
        .toList();
  }

  private Stream<Path> files(Path folder) {
    try (var walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).filter(this::ours).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ours(Path file) {
    for (var part : root.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
