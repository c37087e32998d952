package dev.nimbus.adapters.executors.process;

import java.util.ArrayList;
import java.util.List;

/** The end of every launch: a shell without any privilege that reads the job's script. */
final class Privileges {
  private static final List<String> DROP =
      List.of(
          "--bounding-set=-all",
          "--inh-caps=-all",
          "--ambient-caps=-all",
          "--no-new-privs",
          "--pdeathsig=KILL");

  private Privileges() {}

  /** Turns root of the host into the job's own user. */
  static List<String> dropRoot(Host host, Launcher.Plan plan, boolean filter) {
    var words = new ArrayList<>(limit(host, plan));
    words.add(host.tools().path("setpriv"));
    words.addAll(List.of("--reuid=" + plan.uid(), "--regid=" + plan.uid(), "--clear-groups"));
    words.addAll(DROP);
    words.addAll(filtered(filter));
    words.addAll(shell(host));
    return List.copyOf(words);
  }

  /** Turns root of a user namespace into an ordinary user, through one more user namespace. */
  static List<String> dropNestedRoot(Host host, Launcher.Plan plan, boolean filter) {
    var words = new ArrayList<>(limit(host, plan));
    words.add(host.tools().path("unshare"));
    words.addAll(List.of("--map-user=" + host.insideUid(plan.uid())));
    words.addAll(List.of("--map-group=" + host.insideUid(plan.uid()), "--keep-caps", "--"));
    words.add(host.tools().path("setpriv"));
    words.addAll(DROP);
    words.addAll(filtered(filter));
    words.addAll(shell(host));
    return List.copyOf(words);
  }

  /** For a launcher that dropped everything itself. */
  static List<String> none(Host host, Launcher.Plan plan) {
    var words = new ArrayList<>(limit(host, plan));
    words.addAll(List.of(host.tools().path("sh"), "-s"));
    return List.copyOf(words);
  }

  private static List<String> limit(Host host, Launcher.Plan plan) {
    return plan.maxProcesses() == 0
        ? List.of()
        : List.of(host.tools().path("prlimit"), "--nproc=" + plan.maxProcesses(), "--");
  }

  private static List<String> filtered(boolean filter) {
    return filter ? List.of("--seccomp-filter=" + Skeleton.FILTER) : List.of();
  }

  private static List<String> shell(Host host) {
    return List.of("--", host.tools().path("sh"), "-s");
  }
}
