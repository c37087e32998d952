package dev.nimbus.adapters.executors.process;

import dev.nimbus.service.command.CommandRunner;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An executor with a home of its own, on the machine the tests run on. */
record Rig(Path home, ProcessExecutorConfig config, Host host, ProcessExecutor executor)
    implements AutoCloseable {
  private static final int ORDINARY_UID = 65_534;

  /** Needs root and the programs of the launcher. */
  static Rig open(LauncherKind kind, boolean ordinary) throws IOException {
    Needs.root();
    Needs.program(kind == LauncherKind.BUBBLEWRAP ? "bwrap" : "unshare");
    var home = Files.createTempDirectory(Path.of("/var/tmp"), "nimbus-executor-");
    var config = ProcessExecutorConfig.at(home).with(kind);
    var host = look(config);
    var seen = ordinary ? host.forUser(ORDINARY_UID) : host;
    return new Rig(home, config, seen, open(config, seen));
  }

  /** The executor of a later life of the agent. */
  ProcessExecutor another() {
    try {
      return open(config, host);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Host look(ProcessExecutorConfig config) {
    try {
      return Host.look(config, CommandRunner.system());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessExecutor open(ProcessExecutorConfig config, Host host) throws IOException {
    return ProcessExecutor.open(config, host, CommandRunner.system());
  }

  /** What is left of sandboxes: processes, control groups, mounts, folders. */
  List<String> leftovers() {
    var marked = Processes.marked(home.resolve("sandboxes")).stream().map(Object::toString);
    var mounts = MountTable.read().below(home).stream().map(Path::toString);
    var folders = Stream.of(names(home.resolve("sandboxes")));
    var groups = executor.controlGroups().stream().filter(Files::exists).map(Path::toString);
    return Stream.of(marked, mounts, folders, groups).flatMap(all -> all).toList();
  }

  @Override
  public void close() {
    executor.sweep(List.of());
    try {
      new Removal(Tools.find(), CommandRunner.system()).remove(home);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] names(Path folder) {
    var names = folder.toFile().list();
    return names == null ? new String[0] : names;
  }
}
