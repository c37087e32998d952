package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What is mounted where, as {@code /proc/self/mountinfo} tells it. */
record MountTable(List<MountPoint> points) {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final int LEAST_FIELDS = 10;

  MountTable {
    points = List.copyOf(points);
  }

  /**
   * One mount.
   *
   * @param root the folder of the file system that is seen
   * @param target where it is seen
   * @param options those of this mount alone
   * @param superOptions those of the file system
   */
  record MountPoint(
      String root, Path target, Set<String> options, String type, Set<String> superOptions) {}

  static MountTable read() {
    return parse(KernelFile.read(MOUNTINFO).orElse(""));
  }

  static MountTable parse(String mountinfo) {
    return new MountTable(
        mountinfo
            .lines()
            .map(line -> line.split(" ", -1))
            .filter(fields -> fields.length >= LEAST_FIELDS)
            .map(MountTable::point)
            .toList());
  }

  /** Where things are mounted strictly below a folder, outermost first, each once. */
  List<Path> below(Path folder) {
    return points.stream()
        .map(MountPoint::target)
        .filter(target -> target.startsWith(folder) && !target.equals(folder))
        .distinct()
        .sorted()
        .toList();
  }

  private static MountPoint point(String[] fields) {
    var separator = 6;
    while (!fields[separator].equals("-")) {
      separator++;
    }
    return new MountPoint(
        unescaped(fields[3]),
        Path.of(unescaped(fields[4])),
        Set.of(fields[5].split(",", -1)),
        fields[separator + 1],
        Set.of(fields[separator + 3].split(",", -1)));
  }

  /** Undoes the octal escapes of blanks and backslashes. */
  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
