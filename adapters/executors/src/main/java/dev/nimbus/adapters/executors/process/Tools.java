package dev.nimbus.adapters.executors.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the programs are that sandboxes are made with. */
record Tools(Map<String, Path> found) {
  /** The search path of everything we start, so that the agent's own does not matter. */
  static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin";

  private static final List<String> NAMES =
      List.of(
          "bwrap",
          "cat",
          "chmod",
          "chown",
          "du",
          "env",
          "head",
          "mount",
          "pivot_root",
          "prlimit",
          "rm",
          "setpriv",
          "setsid",
          "sh",
          "stdbuf",
          "umount",
          "unshare");

  Tools {
    found = Map.copyOf(found);
  }

  static Tools find() {
    var found = new TreeMap<String, Path>();
    for (var name : NAMES) {
      for (var folder : PATH.split(":", -1)) {
        var program = Path.of(folder, name);
        if (!found.containsKey(name) && Files.isExecutable(program)) {
          found.put(name, program);
        }
      }
    }
    return new Tools(found);
  }

  boolean has(String name) {
    return found.containsKey(name);
  }

  /** Those of the named programs that this host lacks. */
  List<String> missing(List<String> names) {
    return names.stream().filter(name -> !has(name)).toList();
  }

  /** The full path of a program; the bare name when it is not there, for the message it gives. */
  String path(String name) {
    return found.getOrDefault(name, Path.of(name)).toString();
  }
}
