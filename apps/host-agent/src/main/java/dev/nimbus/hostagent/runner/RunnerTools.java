package dev.nimbus.hostagent.runner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Equipment.Program;
import dev.nimbus.core.forge.ForgeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The programs of forges' runners on this host, each in a folder of its name, put there by whoever
 * sets up the host. What is there is looked at each time.
 *
 * @param folder that of the folders; need not be there
 */
public record RunnerTools(Path folder) {
  /** What GitHub's program needs of its folder; its own files it writes beside them. */
  private static final List<String> GITHUB_FOLDERS = List.of("bin", "externals");

  /** What GitHub's program writes much to: checkouts, and what it says of itself. */
  private static final Set<String> GITHUB_ROOMY = Set.of("_work", "_diag");

  /** What there is of one program. */
  public sealed interface Tool {
    /**
     * It can be run.
     *
     * @param folder where it really is
     * @param executable the program
     */
    record Usable(Path folder, Path executable) implements Tool {}

    /** Something is there that cannot be run. */
    record Unusable(String why, String remedy) implements Tool {}

    /** Nothing is there. */
    record Absent() implements Tool {}
  }

  /** What is there of the program of a forge. Starts nothing. */
  public Tool look(ForgeKind forge) {
    var place = folder.resolve(forge.tool());
    if (!Files.isDirectory(place)) {
      return new Tool.Absent();
    }
    try {
      var real = place.toRealPath();
      return look(real, real.resolve(executable(forge)), needed(forge, real));
    } catch (IOException e) {
      return new Tool.Unusable("'" + place + "' cannot be read: " + e, "see to its permissions");
    }
  }

  /** The labels of a host that has them. */
  public List<String> labels() {
    return Stream.of(ForgeKind.values())
        .filter(forge -> look(forge) instanceof Tool.Usable)
        .map(ForgeKind::label)
        .toList();
  }

  /** How a sandbox is given the program of a forge. {@code UNAVAILABLE} without it. */
  public Program program(ForgeKind forge) {
    return switch (look(forge)) {
      case Tool.Usable(var real, _) when forge == ForgeKind.GITHUB -> own(real);
      case Tool.Usable(var real, _) -> new Program.Shared(real);
      case Tool.Unusable(var why, _) -> throw missing(forge, why);
      case Tool.Absent() -> throw missing(forge, "there is none in '" + folder + "'");
    };
  }

  private static Program own(Path real) {
    return new Program.Own(
        Map.of("bin", real.resolve("bin"), "externals", real.resolve("externals")), GITHUB_ROOMY);
  }

  private static Path executable(ForgeKind forge) {
    return forge == ForgeKind.GITHUB ? Path.of("bin", "Runner.Listener") : Path.of(forge.tool());
  }

  private static List<Path> needed(ForgeKind forge, Path real) {
    return forge == ForgeKind.GITHUB
        ? GITHUB_FOLDERS.stream().map(real::resolve).toList()
        : List.of();
  }

  private static Tool look(Path real, Path executable, List<Path> folders) throws IOException {
    var lacking = folders.stream().filter(path -> !Files.isDirectory(path)).findFirst();
    if (lacking.isPresent()) {
      return new Tool.Unusable("'" + lacking.get() + "' is not there", "unpack the whole archive");
    }
    if (!Files.isRegularFile(executable)) {
      return new Tool.Unusable("'" + executable + "' is not there", "put the program there");
    }
    for (var path : List.of(real, executable)) {
      var may = Files.getPosixFilePermissions(path);
      if (may.contains(PosixFilePermission.OTHERS_WRITE)) {
        return new Tool.Unusable("anybody may change '" + path + "'", "chmod -R o-w " + real);
      }
      if (!may.contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return new Tool.Unusable("jobs may not run '" + path + "'", "chmod -R a+rX " + real);
      }
    }
    return new Tool.Usable(real, executable);
  }

  private static NimbusException missing(ForgeKind forge, String why) {
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot run '%s' on this host: %s".formatted(forge.tool(), why));
  }
}
