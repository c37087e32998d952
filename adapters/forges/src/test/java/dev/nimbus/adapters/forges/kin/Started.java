package dev.nimbus.adapters.forges.kin;

import dev.nimbus.core.forge.RunnerLaunch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts programs somebody else wrote, with nothing of this process's environment but the path. */
public final class Started {
  private Started() {}

  /**
   * Starts a runner as a host would, and waits for its end.
   *
   * @param folder may hold anything afterwards
   */
  public static Ended run(RunnerLaunch launch, Path tool, Path folder)
      throws IOException, InterruptedException {
    var files = Files.createDirectories(folder.resolve("files"));
    for (var file : launch.files().entrySet()) {
      Files.writeString(files.resolve(file.getKey()), file.getValue());
    }
    var command =
        launch.command().stream()
            .map(word -> word.replace("{tool}", "" + tool).replace("{files}", "" + files))
            .toList();
    return run(command, folder);
  }

  /** Runs a program to its end. */
  public static Ended run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    var output = folder.resolve("output");
    var process = begin(command, folder).redirectOutput(output.toFile()).start();
    try {
      return new Ended(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program that is yet to start, at home in a folder. */
  public static ProcessBuilder begin(List<String> command, Path folder) throws IOException {
    var home = Files.createDirectories(folder.resolve("home"));
    var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    var path = builder.environment().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", home.toString());
    return builder;
  }

  /** How a program ended and what it wrote. */
  public record Ended(int code, String output) {}
}
