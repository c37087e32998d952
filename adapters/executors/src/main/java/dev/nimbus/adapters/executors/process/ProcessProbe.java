package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.executor.Probe.Check;
import dev.nimbus.core.executor.Probe.Readiness;
import dev.nimbus.core.executor.Probe.Verdict;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds out what of the isolation works on this host, by starting sandboxes and looking. */
record ProcessProbe(Host host, Home home, Sandboxes sandboxes) {
  private static final long MIB = 1024 * 1024;
  private static final Size TRIAL_SIZE = new Size(500, 48 * MIB);
  private static final int ALLOWED_PROCESSES = 16;
  private static final List<String> MEMORY_BOMB =
      List.of("sh", "-c", "head -c 96m /dev/zero | tail >/dev/null; exit 1");

  Probe probe() {
    try {
      return result(checks());
    } catch (NimbusException | UncheckedIOException e) {
      return result(List.of(broken(String.valueOf(e.getMessage()))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return result(List.of(broken("the look at the host was interrupted")));
    }
  }

  private List<Check> checks() throws InterruptedException {
    var missing = host.tools().missing(Launchers.ALWAYS);
    if (!missing.isEmpty()) {
      return List.of(
          new Check(
              "tools",
              Verdict.MISSING,
              "the programs " + missing + " are not installed",
              "install coreutils and util-linux"));
    }
    var kind = sandboxes.choice().launcher().kind();
    var checks = new ArrayList<Check>();
    checks.add(Checks.ok("launcher", "sandboxes are made with " + words(kind)));
    checks.addAll(lookInside());
    checks.add(Checks.memory(memoryLimited()));
    checks.add(Checks.disk());
    return checks;
  }

  private List<Check> lookInside() throws InterruptedException {
    var script = home.script("probe.sh");
    var text = KernelFile.read(script).orElse("");
    var command = List.of("sh", "-c", text, "probe", home.folder().toString());
    var spec = sandboxes.choice().trial(command, TRIAL_SIZE, NetworkAccess.NONE);
    try (var sandbox = sandboxes.start(spec, sandboxes.choice().launcher())) {
      var exit = sandbox.awaitOrKill(Choice.TRIAL_TIME);
      var found = Findings.parse(console(sandbox));
      if (!found.complete()) {
        return List.of(broken("a trial sandbox ended with " + exit));
      }
      var left = Processes.markedWith(home.sandbox(spec.id()).folder());
      var checks = new Checks(found, host.uid(), ProcessProbe::namespace, controllers());
      var all = new ArrayList<>(checks.isolation());
      all.add(checks.pids(ALLOWED_PROCESSES));
      all.add(checks.processors());
      all.add(Checks.descendants(left));
      return all;
    }
  }

  private boolean memoryLimited() throws InterruptedException {
    var spec = sandboxes.choice().trial(MEMORY_BOMB, TRIAL_SIZE, NetworkAccess.NONE);
    try (var sandbox = sandboxes.start(spec, sandboxes.choice().launcher())) {
      return sandbox.awaitOrKill(Choice.TRIAL_TIME) instanceof Exit.OutOfMemory;
    }
  }

  private Set<String> controllers() {
    return sandboxes.groups().controllers();
  }

  private Probe result(List<Check> checks) {
    var verdicts = checks.stream().map(Check::verdict).toList();
    var readiness =
        verdicts.contains(Verdict.MISSING)
            ? Readiness.UNUSABLE
            : verdicts.contains(Verdict.REDUCED) ? Readiness.REDUCED : Readiness.READY;
    return new Probe(readiness, Capacity.look(), checks);
  }

  private static Check broken(String found) {
    return new Check(
        "launcher",
        Verdict.MISSING,
        found,
        "allow user namespaces or run the agent as root; install bubblewrap");
  }

  private static String console(ProcessSandbox sandbox) {
    try (var console = sandbox.console(0)) {
      return new String(console.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String namespace(String kind) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String words(LauncherKind kind) {
    return switch (kind) {
      case BUBBLEWRAP -> "bubblewrap";
      case UNSHARE -> "util-linux";
    };
  }
}
