package dev.nimbus.cli.doctor;

import dev.nimbus.cli.connect.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What can be seen of the machine without starting anything. */
record Machine(Home home, Instant now) {
  private static final int JDK = 25;
  private static final long GIB = 1L << 30;
  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

  List<Finding> findings() {
    return List.of(jdk(), kernel(), clock(), folder(), disk());
  }

  private static Finding jdk() {
    var version = Runtime.version();
    return version.feature() >= JDK
        ? Finding.ok("jdk", "Java " + version)
        : Finding.problem("jdk", "Java " + version, "install a JDK " + JDK + " or newer");
  }

  private static Finding kernel() {
    var name = System.getProperty("os.name") + " " + System.getProperty("os.version");
    return name.startsWith("Linux")
        ? Finding.ok("kernel", name)
        : Finding.problem("kernel", name + " cannot run jobs", "run the host agent on Linux");
  }

  private Finding clock() {
    return now.isAfter(EARLIEST)
        ? Finding.ok("clock", "it is " + now)
        : Finding.problem("clock", "it says " + now, "set the clock, and keep it set with NTP");
  }

  private Finding folder() {
    var nearest = nearest();
    return Files.isWritable(nearest)
        ? Finding.ok("home", home.folder() + " can be written")
        : Finding.problem(
            "home", nearest + " cannot be written", "choose another folder with --home");
  }

  private Finding disk() {
    try {
      var free = Files.getFileStore(nearest()).getUsableSpace();
      var found = free / GIB + " GiB free at " + home.folder();
      return free >= GIB
          ? Finding.ok("disk", found)
          : Finding.problem("disk", found, "make room, or choose another folder with --home");
    } catch (IOException e) {
      return Finding.problem("disk", "cannot tell: " + e, "check the file system");
    }
  }

  private Path nearest() {
    var folder = home.folder();
    var parent = folder.getParent();
    while (!Files.exists(folder) && parent != null) {
      folder = parent;
      parent = folder.getParent();
    }
    return folder;
  }
}
