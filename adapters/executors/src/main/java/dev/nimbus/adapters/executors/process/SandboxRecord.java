package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a later life of the agent must know about a sandbox.
 *
 * @param uid the user of the job on the host
 * @param diskLimitBytes zero for none
 * @param groups the control groups made for it
 */
record SandboxRecord(int uid, long consoleLimitBytes, long diskLimitBytes, List<Path> groups) {
  /** Of a sandbox nothing is known about. */
  static final SandboxRecord NONE = new SandboxRecord(0, 0, 0, List.of());

  SandboxRecord {
    groups = List.copyOf(groups);
  }

  String text() {
    var text = new StringBuilder();
    text.append("uid=").append(uid).append('\n');
    text.append("console-limit=").append(consoleLimitBytes).append('\n');
    text.append("disk-limit=").append(diskLimitBytes).append('\n');
    groups.forEach(group -> text.append("group=").append(group).append('\n'));
    return text.toString();
  }

  /** Reads what {@link #text} wrote; anything missing reads as zero or none. */
  static SandboxRecord parse(String text) {
    var uid = 0;
    var limit = 0L;
    var disk = 0L;
    var groups = new ArrayList<Path>();
    for (var line : text.lines().toList()) {
      var value = line.substring(line.indexOf('=') + 1);
      if (line.startsWith("uid=")) {
        uid = Integer.parseInt(value);
      } else if (line.startsWith("console-limit=")) {
        limit = Long.parseLong(value);
      } else if (line.startsWith("disk-limit=")) {
        disk = Long.parseLong(value);
      } else if (line.startsWith("group=")) {
        groups.add(Path.of(value));
      }
    }
    return new SandboxRecord(uid, limit, disk, groups);
  }
}
