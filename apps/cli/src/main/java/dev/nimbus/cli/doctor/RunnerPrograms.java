package dev.nimbus.cli.doctor;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.hostagent.runner.RunnerTools;
import dev.nimbus.hostagent.runner.RunnerTools.Tool;
import dev.nimbus.service.command.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The programs of forges' runners that are on this machine. */
record RunnerPrograms(RunnerTools tools, CommandRunner runner) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_VERSION = 80;

  List<Finding> findings() throws InterruptedException {
    var findings = new ArrayList<Finding>();
    for (var forge : ForgeKind.values()) {
      switch (tools.look(forge)) {
        case Tool.Usable(var folder, var executable) ->
            findings.add(usable(forge, folder, executable));
        case Tool.Unusable(var why, var remedy) ->
            findings.add(Finding.reduced(forge.tool(), why, remedy));
        case Tool.Absent() -> {}
      }
    }
    return findings.isEmpty() ? List.of(none()) : List.copyOf(findings);
  }

  private Finding none() {
    return Finding.ok(
        "runners", "none in " + tools.folder() + "; this machine takes no jobs of forges");
  }

  /** GitHub's program writes into its folder whatever it is asked, so it is not asked. */
  private Finding usable(ForgeKind forge, Path folder, Path executable)
      throws InterruptedException {
    if (forge == ForgeKind.GITHUB) {
      return Finding.ok(forge.tool(), folder.toString());
    }
    try {
      var said = runner.run(List.of(executable.toString(), "--version"), PATIENCE);
      return said.succeeded()
          ? Finding.ok(forge.tool(), folder + ": " + version(said.output()))
          : unwilling(forge, "exit code " + said.exitCode());
    } catch (NimbusException e) {
      return unwilling(forge, String.valueOf(e.getMessage()));
    }
  }

  private static Finding unwilling(ForgeKind forge, String why) {
    return Finding.reduced(
        forge.tool(), "it does not say its version: " + why, "put the one for this system there");
  }

  private static String version(String output) {
    var line = output.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
    var shown = line.substring(0, Math.min(line.length(), LONGEST_VERSION));
    return shown.replaceAll("\\p{Cntrl}", "");
  }
}
