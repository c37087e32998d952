package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Equipment.Program;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.job.NetworkAccess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting one sandbox: lays out its files, makes its control groups and runs its supervisor. */
record Start(Host host, Home home, Launcher launcher, SandboxSpec spec, int uid) {
  private static final Logger LOG = LoggerFactory.getLogger(Start.class);
  private static final Duration HANDING_OVER = Duration.ofSeconds(10);
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> SECRET =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> SHOWN =
      PosixFilePermissions.fromString("rw-r--r--");

  SandboxFiles files() {
    return home.sandbox(spec.id());
  }

  /** Claims the name of the sandbox, which fails when it is taken. */
  void claim() throws IOException {
    Files.createDirectory(files().folder(), PosixFilePermissions.asFileAttribute(OURS));
  }

  /**
   * Writes everything but the record, which tells a later life that there is something to adopt.
   */
  void layOut() throws IOException {
    var view = view();
    give(Files.createDirectory(files().workspace()));
    give(Files.createDirectory(files().temporary()));
    if (spec.equipment().program() instanceof Program.Own own) {
      for (var name : own.roomy()) {
        give(Files.createDirectory(files().workspace().resolve(name)));
      }
    }
    write(files().fstab(), fstab(view), SECRET);
    write(files().passwd(), View.passwd(host.insideUid(uid)), SHOWN);
    write(files().group(), View.group(host.insideUid(uid)), SHOWN);
    write(files().code(), Ending.NO_CODE, SECRET);
    write(files().setup(), Ending.STARTING, SECRET);
    write(files().disk(), Ending.WITHIN, SECRET);
    write(files().console(), "", SECRET);
  }

  void record(SandboxRecord record) throws IOException {
    write(files().record(), record.text(), SECRET);
  }

  Process run(SandboxGroups groups, boolean processesLimited) throws IOException {
    var builder = new ProcessBuilder(command(groups, processesLimited));
    builder.environment().clear();
    builder.environment().put("PATH", Tools.PATH);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put(Processes.MARK, files().folder().toString());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files().setup().toFile()));
    builder.redirectErrorStream(true);
    var process = builder.start();
    var handing = Thread.ofVirtual().name("script of " + spec.id()).start(() -> handOver(process));
    await(handing);
    return process;
  }

  /**
   * A sandbox has started once its script is on the way, for it must run also when the agent ends
   * now. Where nobody reads one that is longer than the pipe holds, the sandbox will not begin, and
   * nothing is gained by waiting longer.
   */
  private static void await(Thread handing) throws IOException {
    try {
      handing.join(HANDING_OVER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while handing the script over");
    }
  }

  /**
   * Gives the job's script to its shell through a pipe, so that the secrets in it are in no file.
   * It can be longer than what the pipe holds, and nobody may ever come to read it.
   */
  private void handOver(Process process) {
    try (var pipe = process.getOutputStream()) {
      pipe.write(script().text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("sandbox", spec.id()).setCause(e).log("A script was not wanted");
    }
  }

  /**
   * The command of the supervisor. One byte more is kept than wanted, to see that there was more.
   */
  List<String> command(SandboxGroups groups, boolean processesLimited) {
    var words = new ArrayList<String>();
    words.add(host.tools().path("setsid"));
    words.add(host.tools().path("sh"));
    words.add(home.script("supervise.sh").toString());
    words.add(files().folder().toString());
    words.add(Long.toString(spec.consoleLimitBytes() + 1));
    words.add(host.root() ? Integer.toString(uid) : "-");
    words.add(home.filter().toString());
    groups.joins().forEach(join -> words.add(join.toString()));
    words.add("--");
    words.addAll(launcher.command(plan(processesLimited)));
    return List.copyOf(words);
  }

  private Launcher.Plan plan(boolean processesLimited) {
    var limit = processesLimited ? 0 : spec.maxProcesses();
    return new Launcher.Plan(files(), view(), spec.job().network(), uid, limit);
  }

  /**
   * Memory a job fills with files is memory it uses, so it gets no more of that than half of what
   * it may use: a full folder is easier to understand than a job that was killed.
   */
  private View view() {
    var wanted = launcher.sizes() ? spec.disk().temporaryBytes() : 0;
    var memory = spec.limits().memoryBytes();
    return View.of(host, files(), memory > 0 ? Math.min(wanted, memory / 2) : wanted)
        .with(EquipmentMounts.of(files(), spec.equipment(), launcher.sizes()));
  }

  private JobScript script() {
    var added = new HashMap<>(spec.job().environment());
    added.putAll(spec.equipment().environment());
    return new JobScript(
        spec.job().command(),
        JobScript.environment(spec.id().job(), added),
        spec.equipment().files(),
        host.openFiles(),
        Processes.MARK);
  }

  private String fstab(View view) {
    var table = Fstab.text(view, home.skeleton());
    return spec.job().network() == NetworkAccess.NONE ? table + Fstab.sysfs(home.sysfs()) : table;
  }

  private void give(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, OURS);
    if (host.root()) {
      Files.setAttribute(folder, "unix:uid", uid);
      Files.setAttribute(folder, "unix:gid", uid);
    }
  }

  private static void write(Path file, String text, Set<PosixFilePermission> permissions)
      throws IOException {
    Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
    Files.writeString(file, text);
    if (permissions.equals(SHOWN)) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
