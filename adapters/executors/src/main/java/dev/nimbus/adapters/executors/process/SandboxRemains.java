package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.service.time.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything on this host that makes up one sandbox: its processes, control groups and files.
 *
 * @param groups no folders when this host has none for us
 */
record SandboxRemains(
    SandboxFiles files, SandboxRecord record, SandboxGroups groups, Removal removal) {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxRemains.class);
  private static final int LOOKS = 6_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  static SandboxRemains of(SandboxFiles files, SandboxRecord record, Removal removal) {
    return new SandboxRemains(files, record, new SandboxGroups(record.groups()), removal);
  }

  /** What is to be watched of its disk; nothing without a limit. */
  Optional<DiskWatch> diskWatch() {
    var folders = List.of(files.workspace(), files.temporary());
    return record.diskLimitBytes() == 0
        ? Optional.empty()
        : Optional.of(
            new DiskWatch(
                removal.commands(), removal.tools().path("du"), folders, record.diskLimitBytes()));
  }

  /** Whether the job itself could begin. */
  boolean begun() {
    return Ending.begun(KernelFile.read(files.setup()).orElse(""));
  }

  /** Whether the process that watches it from outside lives. */
  boolean supervised() {
    var written = Supervisor.parse(KernelFile.read(files.supervisor()).orElse(""));
    return written.map(Supervisor::alive).orElseGet(() -> !marked().isEmpty());
  }

  /** Sends SIGTERM to everything but the first process, which could not hear it. */
  boolean askToEnd() {
    var asked = false;
    for (var first : firsts()) {
      for (var pid : Processes.inside(first)) {
        Processes.terminate(pid);
        asked = true;
      }
    }
    return asked;
  }

  /** Sends SIGKILL to what is inside now; the supervisor lives on and notes the end. */
  void kill() {
    groups.kill();
    firsts().forEach(Processes::kill);
  }

  /**
   * Kills whatever is left once the supervisor has ended, and waits until it is gone.
   *
   * @param ending a supervisor that noted its end has left nothing outside the control groups; one
   *     that was killed may have
   * @return empty, or what would not die
   */
  String killAll(Exit ending) throws InterruptedException {
    var grouped = groups.exist() && !(ending instanceof Exit.Crashed);
    for (var look = 0; look < LOOKS; look++) {
      var left = processes(grouped);
      if (left.isEmpty()) {
        return "";
      }
      groups.kill();
      left.forEach(Processes::kill);
      SystemTime.sleep(LOOK_AGAIN);
    }
    return "processes " + processes(grouped) + " cannot be killed";
  }

  /** Notes that the job is ended for what it has written; in place, for the disk may be full. */
  void noteOverDisk() {
    try {
      KernelFile.write(files.disk(), Ending.OVER);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("folder", files.folder())
          .setCause(e)
          .log("Cannot note why a job ends");
    }
  }

  Exit ending() {
    var over = KernelFile.read(files.disk()).orElse("").equals(Ending.OVER);
    var ending = endingByItself();
    return over && !ending.equals(new Exit.Exited(0))
        ? new Exit.OverDisk(record.diskLimitBytes())
        : ending;
  }

  private Exit endingByItself() {
    return Ending.of(
        KernelFile.read(files.code()).orElse(Ending.NO_CODE),
        KernelFile.read(files.setup()).orElse(""),
        groups.outOfMemoryKills());
  }

  Usage usage() {
    return groups.usage();
  }

  /** Removes control groups and files; everything in them must have ended. */
  void remove() throws InterruptedException {
    for (var look = 0; look < LOOKS && !groups.remove().isEmpty(); look++) {
      SystemTime.sleep(LOOK_AGAIN);
    }
    removal.remove(files.folder());
  }

  /** Looking through all processes is left out where a control group tells. */
  private Collection<Long> processes(boolean grouped) {
    var found = new TreeSet<>(groups.members());
    if (!grouped) {
      found.addAll(marked());
    }
    return found;
  }

  private List<Long> firsts() {
    return marked().stream().filter(Processes::first).toList();
  }

  private List<Long> marked() {
    return Processes.markedWith(files.folder());
  }
}
