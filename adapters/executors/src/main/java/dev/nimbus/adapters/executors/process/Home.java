package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.id.SandboxId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** The folders of the executor below the home of the agent. */
record Home(Path folder) {
  private static final List<String> SCRIPTS = List.of("supervise.sh", "setup.sh", "probe.sh");

  /** Makes the folders and brings scripts, filter and skeleton up to date. */
  static Home prepare(Path folder, Host host) throws IOException {
    Files.createDirectories(folder);
    var home = new Home(folder.toRealPath());
    for (var owned : List.of(home.sandboxes(), home.launch(), home.sysfs())) {
      Files.createDirectories(owned);
      Files.setPosixFilePermissions(owned, PosixFilePermissions.fromString("rwx------"));
    }
    for (var script : SCRIPTS) {
      replace(home.launch().resolve(script), resource(script));
    }
    replace(home.filter(), SeccompFilter.bytes(host.architecture()));
    Skeleton.build(home.skeleton(), host, SeccompFilter.bytes(host.architecture()));
    return home;
  }

  /** What tells the control groups of this home from those of another on the same machine. */
  String mark() {
    var crc = new CRC32();
    crc.update(folder.toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  Path sandboxes() {
    return folder.resolve("sandboxes");
  }

  SandboxFiles sandbox(SandboxId id) {
    return new SandboxFiles(sandboxes().resolve(id.name()));
  }

  Path launch() {
    return folder.resolve("launch");
  }

  Path script(String name) {
    return launch().resolve(name);
  }

  /** The seccomp filter as the kernel reads it; empty for a processor we have none for. */
  Path filter() {
    return launch().resolve("seccomp.bpf");
  }

  /** The folder of mount points that becomes the root of every sandbox. */
  Path skeleton() {
    return folder.resolve("skeleton");
  }

  /** Where a sandbox that is being set up sees a sysfs of its network namespace for a moment. */
  Path sysfs() {
    return launch().resolve("sysfs");
  }

  /** Where control groups of ours were ever made, one folder per line. */
  Path groups() {
    return folder.resolve("launch").resolve("groups");
  }

  /** Writes beside and renames, because running sandboxes may be reading the old file. */
  private static void replace(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    var fresh = Path.of(file + ".new");
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] resource(String name) throws IOException {
    try (var stream = Home.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The script " + name + " is not in the program");
      }
      return stream.readAllBytes();
    }
  }
}
