package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a trial sandbox printed about itself. */
record Findings(List<String> lines) {
  Findings {
    lines = List.copyOf(lines);
  }

  static Findings parse(String printed) {
    return new Findings(printed.lines().toList());
  }

  /** Whether the trial ran to its end. */
  boolean complete() {
    return lines.contains("done yes");
  }

  /** The value after a name; empty text when it was not printed. */
  String value(String name) {
    return values(name).stream().findFirst().orElse("");
  }

  List<String> values(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  /** The identity of a namespace of the trial, as {@code readlink} shows it. */
  String namespace(String kind) {
    return value("ns " + kind);
  }

  MountTable mounts() {
    return MountTable.parse(String.join("\n", values("mount")));
  }

  /** Whether what is seen at a path, by itself or from a mount above, is read-only. */
  boolean readOnly(Path path) {
    return at(path).map(point -> point.options().contains("ro")).orElse(false);
  }

  private Optional<MountTable.MountPoint> at(Path path) {
    return mounts().points().stream()
        .filter(point -> path.startsWith(point.target()))
        .reduce((left, right) -> deeper(left, right) ? left : right);
  }

  private static boolean deeper(MountTable.MountPoint left, MountTable.MountPoint right) {
    return left.target().getNameCount() > right.target().getNameCount();
  }
}
