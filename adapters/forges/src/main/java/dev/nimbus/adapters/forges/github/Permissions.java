package dev.nimbus.adapters.forges.github;

import java.util.Map;
import java.util.TreeMap;

/** What an App must be allowed, by what it is for. Pure. */
final class Permissions {
  private Permissions() {}

  /** To see jobs and register runners. */
  static Map<String, String> forRunners(Settings.Level level) {
    var runners =
        switch (level) {
          case ORGANIZATION -> "organization_self_hosted_runners";
          case REPOSITORY -> "administration";
        };
    return Map.of(runners, "write", "actions", "read", "metadata", "read");
  }

  /** To say at a job why it is not served. */
  static Map<String, String> forReports() {
    return Map.of("statuses", "write", "actions", "read", "metadata", "read");
  }

  static boolean allowed(String wanted, String granted) {
    return granted.equals(wanted) || granted.equals("write") || granted.equals("admin");
  }

  /** As much of what is wanted as was granted: GitHub makes no token for more. */
  static Map<String, String> narrowed(Map<String, String> wanted, Map<String, String> granted) {
    var some = new TreeMap<String, String>();
    wanted.forEach(
        (name, level) -> {
          var given = granted.getOrDefault(name, "");
          if (!given.isEmpty()) {
            some.put(name, allowed(level, given) ? level : given);
          }
        });
    return some;
  }
}
