package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Probe.Check;
import dev.nimbus.core.executor.Probe.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns what a trial sandbox found into one check per piece of isolation. Pure.
 *
 * @param found what the trial printed
 * @param agentUid the user of the agent
 * @param namespaceOf the agent's own namespace of a kind
 * @param controllers what control groups can limit here
 */
record Checks(
    Findings found, int agentUid, Function<String, String> namespaceOf, Set<String> controllers) {
  private static final String BETTER =
      "install bubblewrap: apt-get install bubblewrap, or nimbus doctor --fix";
  private static final String DELEGATE =
      "run the agent as root, or as a service with Delegate=yes and DelegateSubgroup=agent";

  List<Check> isolation() {
    var checks = new ArrayList<Check>();
    checks.add(user());
    checks.add(namespace("pid-namespace", "pid"));
    checks.add(ownProcesses());
    checks.add(namespace("mount-namespace", "mnt"));
    checks.add(readOnly("read-only-system"));
    checks.add(privateHome());
    checks.add(namespace("ipc-namespace", "ipc"));
    checks.add(namespace("uts-namespace", "uts"));
    checks.add(namespace("network-namespace", "net"));
    checks.add(loopback());
    checks.add(capabilities());
    checks.add(newPrivileges());
    checks.add(seccomp());
    return List.copyOf(checks);
  }

  private Check user() {
    var uid = found.value("Uid:").split("\\s+", -1)[0];
    if (agentUid == 0) {
      return uid.equals("0")
          ? new Check("own-user", Verdict.MISSING, "jobs run as root", BETTER)
          : ok("own-user", "jobs run as user " + uid + ", each sandbox as another");
    }
    return new Check(
        "own-user",
        Verdict.REDUCED,
        "for the host jobs run as the agent's own user " + agentUid,
        "run the agent as root, so that it can give every sandbox a user of its own");
  }

  private Check namespace(String piece, String kind) {
    var inside = found.namespace(kind);
    return inside.isEmpty() || inside.equals(namespaceOf.apply(kind))
        ? new Check(piece, Verdict.MISSING, "jobs share that of the host", BETTER)
        : ok(piece, "jobs have one of their own, " + inside);
  }

  private Check ownProcesses() {
    var count = found.values("process").size();
    return count > 0 && count < 8
        ? ok("own-processes", "a job sees " + count + " processes, all its own")
        : new Check("own-processes", Verdict.MISSING, "a job sees " + count + " processes", BETTER);
  }

  private Check readOnly(String piece) {
    var writable =
        List.of("/", "/usr", "/etc", "/proc/sys").stream()
            .filter(path -> !found.readOnly(Path.of(path)))
            .toList();
    return writable.isEmpty()
        ? ok(piece, "/, /usr, /etc and /proc/sys are read-only")
        : new Check(piece, Verdict.MISSING, writable + " can be written to", BETTER);
  }

  private Check privateHome() {
    return found.value("home-visible").equals("no")
        ? ok("hidden-home", "the agent's folder cannot be seen")
        : new Check("hidden-home", Verdict.MISSING, "a job sees the agent's folder", BETTER);
  }

  private Check loopback() {
    var others = found.values("interface").stream().filter(this::foreign).toList();
    if (!others.isEmpty()) {
      return new Check("loopback", Verdict.MISSING, "a job sees interfaces " + others, BETTER);
    }
    return found.values("route").stream().anyMatch(line -> line.contains("127.0.0.1"))
        ? ok("loopback", "without network a job has its own loopback interface and no other")
        : new Check(
            "loopback", Verdict.REDUCED, "without network a job cannot reach itself", BETTER);
  }

  private boolean foreign(String name) {
    return !Set.of("lo:", "Inter-|", "face").contains(name) && !name.startsWith("lo:");
  }

  private Check capabilities() {
    var permitted = found.value("CapPrm:");
    var bounding = found.value("CapBnd:");
    return permitted.matches("0+") && bounding.matches("0+")
        ? ok("capabilities", "jobs have none and can gain none")
        : new Check(
            "capabilities",
            Verdict.MISSING,
            "jobs have " + permitted + " and could have " + bounding,
            BETTER);
  }

  private Check newPrivileges() {
    return found.value("NoNewPrivs:").equals("1")
        ? ok("no-new-privileges", "setuid programs give a job nothing")
        : new Check("no-new-privileges", Verdict.MISSING, "setuid programs work", BETTER);
  }

  private Check seccomp() {
    return found.value("Seccomp:").equals("2")
        ? ok("seccomp", "dangerous system calls are refused")
        : new Check(
            "seccomp",
            Verdict.REDUCED,
            "no filter of system calls: neither bwrap nor a setpriv that can load one is here",
            BETTER);
  }

  Check pids(int allowed) {
    var started = found.values("started").size();
    if (controllers.contains("pids") && started < allowed) {
      return ok("pids-limit", "a job that may have " + allowed + " processes got no more");
    }
    return started < allowed
        ? new Check("pids-limit", Verdict.REDUCED, "by a limit of the user only", DELEGATE)
        : new Check("pids-limit", Verdict.REDUCED, "a job can have any number", DELEGATE);
  }

  Check processors() {
    return controllers.contains("cpu")
        ? ok("cpu-limit", "control groups limit processor time")
        : new Check("cpu-limit", Verdict.REDUCED, "no control group to limit it with", DELEGATE);
  }

  static Check ok(String piece, String found) {
    return new Check(piece, Verdict.OK, found, "");
  }

  static Check memory(boolean killed) {
    return killed
        ? ok("memory-limit", "a job that took more than it may was ended, and said to be")
        : new Check(
            "memory-limit", Verdict.REDUCED, "a job took more than it may unhindered", DELEGATE);
  }

  static Check descendants(List<Long> left) {
    return left.isEmpty()
        ? ok("kill-all", "processes a job left behind are gone with it")
        : new Check(
            "kill-all", Verdict.MISSING, "processes " + left + " outlived their job", BETTER);
  }

  static Check disk() {
    return new Check(
        "disk-limit",
        Verdict.REDUCED,
        "a job over its limit is ended only when that is seen, some seconds later",
        "put the agent's home on a file system of its own");
  }
}
