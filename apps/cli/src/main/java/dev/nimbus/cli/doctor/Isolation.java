package dev.nimbus.cli.doctor;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What jobs are kept apart with on this machine. */
record Isolation(Function<Path, Probe> probe) {
  List<Finding> findings() {
    try (var folder = new Scratch()) {
      return probe.apply(folder.path()).checks().stream().map(Isolation::finding).toList();
    } catch (NimbusException e) {
      return List.of(
          Finding.problem("sandbox", String.valueOf(e.getMessage()), "run nimbus doctor as root"));
    }
  }

  private static Finding finding(Probe.Check check) {
    return switch (check.verdict()) {
      case OK -> Finding.ok(check.piece(), check.found());
      case REDUCED -> Finding.reduced(check.piece(), check.found(), check.remedy());
      case MISSING -> Finding.problem(check.piece(), check.found(), check.remedy());
    };
  }
}
