package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.service.time.SystemTime;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The sandboxes of this home: those this life of the agent has in hand, and those it finds. */
final class Sandboxes {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Host host;
  private final Home home;
  private final Groups groups;
  private final Uids uids;
  private final Removal removal;
  private final Choice choice;
  private final Map<SandboxId, ProcessSandbox> inHand = new ConcurrentHashMap<>();

  Sandboxes(Host host, Home home, Groups groups, Uids uids, Launchers launchers, Removal removal) {
    this.host = host;
    this.home = home;
    this.groups = groups;
    this.uids = uids;
    this.removal = removal;
    this.choice = new Choice(launchers, this);
    onDisk().forEach(id -> uids.claim(record(home.sandbox(id)).uid()));
  }

  Groups groups() {
    return groups;
  }

  ProcessSandbox start(SandboxSpec spec) {
    if (!spec.job().image().equals(JobSpec.HOST_IMAGE)) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot start sandbox '%s': a process sees image '%s' only, not '%s'"
              .formatted(spec.id(), JobSpec.HOST_IMAGE, spec.job().image()));
    }
    return start(spec, choice.launcher());
  }

  ProcessSandbox start(SandboxSpec spec, Launcher launcher) {
    var uid = uids.take();
    var start = new Start(host, home, launcher, spec, uid);
    try {
      start.claim();
    } catch (IOException e) {
      uids.free(uid);
      throw refused(spec.id(), e);
    }
    try {
      return claimed(start);
    } catch (IOException e) {
      remove(spec.id(), uid);
      throw refused(spec.id(), e);
    }
  }

  /** Every sandbox with a folder, our own tests of the host aside. */
  List<SandboxId> found() {
    return onDisk().stream().filter(id -> !id.job().equals(Choice.TRIAL)).toList();
  }

  /** The tests of the host that are under way. */
  List<SandboxId> trials() {
    return inHand.keySet().stream().filter(id -> id.job().equals(Choice.TRIAL)).toList();
  }

  Choice choice() {
    return choice;
  }

  Optional<ProcessSandbox> adopt(SandboxId id) {
    if (Files.notExists(home.sandbox(id).folder())) {
      return Optional.empty();
    }
    return Optional.of(inHand.computeIfAbsent(id, this::adopted));
  }

  private ProcessSandbox claimed(Start start) throws IOException {
    start.layOut();
    var own = groups.create(start.spec());
    try {
      return launched(start, own);
    } catch (IOException e) {
      own.remove();
      groups.removeEmpty();
      throw e;
    }
  }

  private ProcessSandbox launched(Start start, SandboxGroups own) throws IOException {
    var id = start.spec().id();
    var record =
        new SandboxRecord(
            start.uid(),
            start.spec().consoleLimitBytes(),
            start.spec().disk().workspaceBytes(),
            own.folders());
    start.record(record);
    var process = start.run(own, groups.controllers().contains("pids"));
    Runnable closed = () -> forget(id, start.uid());
    var sandbox = ProcessSandbox.watched(id, remains(id, record), process::waitFor, closed);
    inHand.put(id, sandbox);
    return sandbox;
  }

  private ProcessSandbox adopted(SandboxId id) {
    var record = record(home.sandbox(id));
    uids.claim(record.uid());
    var remains = remains(id, record);
    return ProcessSandbox.watched(
        id,
        remains,
        () -> {
          while (remains.supervised()) {
            SystemTime.sleep(LOOK_AGAIN);
          }
        },
        () -> forget(id, record.uid()));
  }

  private SandboxRemains remains(SandboxId id, SandboxRecord record) {
    return SandboxRemains.of(home.sandbox(id), record, removal);
  }

  private void forget(SandboxId id, int uid) {
    inHand.remove(id);
    uids.free(uid);
    groups.removeEmpty();
  }

  /** Undoes a start that failed half way, of which no process is left. */
  private void remove(SandboxId id, int uid) {
    try {
      remains(id, record(home.sandbox(id))).remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forget(id, uid);
  }

  private static SandboxRecord record(SandboxFiles files) {
    return SandboxRecord.parse(KernelFile.read(files.record()).orElse(""));
  }

  private List<SandboxId> onDisk() {
    var names = new File(home.sandboxes().toString()).list();
    return names == null
        ? List.of()
        : Stream.of(names)
            .filter(name -> !name.startsWith(Removal.PREFIX))
            .flatMap(name -> parsed(name).stream())
            .toList();
  }

  private static Optional<SandboxId> parsed(String name) {
    try {
      return Optional.of(SandboxId.parse(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static NimbusException refused(SandboxId id, IOException cause) {
    if (cause instanceof FileAlreadyExistsException) {
      return refused(id, Kind.CONFLICT, "it exists already", cause);
    }
    var why = String.valueOf(cause.getMessage());
    var full = why.contains("No space left");
    return refused(id, full ? Kind.EXHAUSTED : Kind.UNAVAILABLE, why, cause);
  }

  private static NimbusException refused(SandboxId id, Kind kind, String why, IOException cause) {
    return new NimbusException(kind, "Cannot start sandbox '" + id + "': " + why, cause);
  }
}
