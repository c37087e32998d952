package dev.nimbus.core.forge;

import java.util.List;
import java.util.Map;

/**
 * How to start a registered runner. Secrets are in {@code environment} and {@code files} only,
 * never among the words of the command.
 *
 * @param command words; {@code {tool}} stands for the folder of the runner's program, {@code
 *     {files}} for the folder the files are in
 * @param environment may hold secrets; the same two words are replaced
 * @param files by name, each readable by the job's user alone and never on a disk; the user may
 *     write in their folder, for a program may keep its state beside them
 */
public record RunnerLaunch(
    ForgeKind kind,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> files) {
  public RunnerLaunch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    files = Map.copyOf(files);
  }

  @Override
  public String toString() {
    return kind + " runner: " + String.join(" ", command);
  }
}
