package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A view written as the table one {@code mount --all} reads, so that the whole view costs a single
 * process.
 */
final class Fstab {
  private static final List<String> DEVICES =
      List.of("null", "zero", "full", "random", "urandom", "tty");

  private final Path root;
  private final List<String> lines = new ArrayList<>();

  private Fstab(Path root) {
    this.root = root;
  }

  /**
   * @param skeleton the folder with all mount points, which becomes the root
   */
  static String text(View view, Path skeleton) {
    var fstab = new Fstab(skeleton);
    fstab.line(skeleton.toString(), Path.of("/"), "none", "bind,ro,nosuid,nodev");
    view.mounts().forEach(fstab::add);
    return String.join("", fstab.lines);
  }

  /** A sysfs at a path of the host, which is not part of what the job sees. */
  static String sysfs(Path target) {
    return joined("sysfs", target.toString(), "sysfs", "nosuid,nodev,noexec");
  }

  private void add(Mount mount) {
    switch (mount) {
      case Mount.HostFolder(var target, var inner) -> {
        line(target.toString(), target, "none", "rbind,ro,nosuid,nodev");
        inner.forEach(path -> line(path.toString(), path, "none", "bind,ro,nosuid,nodev"));
      }
      case Mount.ReadOnly(var source, var target) ->
          line(source.toString(), target, "none", "bind,ro,nosuid,nodev,noexec");
      case Mount.Programs(var source, var target) ->
          line(source.toString(), target, "none", "bind,ro,nosuid,nodev");
      case Mount.Writable(var source, var target) ->
          line(source.toString(), target, "none", "bind,nosuid,nodev");
      case Mount.Memory(var target, var bytes) ->
          line("tmpfs", target, "tmpfs", "mode=1777,size=" + bytes + ",nosuid,nodev");
      case Mount.Empty(var target) -> line("tmpfs", target, "tmpfs", "ro,size=4k,nr_inodes=2");
      case Mount.Blank(var target) -> line("/dev/null", target, "none", "bind");
      case Mount.Processes(var target) -> line("proc", target, "proc", "nosuid,nodev,noexec");
      case Mount.Frozen(var target) ->
          line(root + target.toString(), target, "none", "bind,ro,nosuid,nodev,noexec");
      case Mount.Devices(var target, var sharedBytes) -> devices(target, sharedBytes);
    }
  }

  private void devices(Path dev, long sharedBytes) {
    var size = sharedBytes > 0 ? Long.toString(sharedBytes) : "50%";
    DEVICES.forEach(name -> line("/dev/" + name, dev.resolve(name), "none", "bind"));
    line(
        "devpts",
        dev.resolve("pts"),
        "devpts",
        "newinstance,ptmxmode=0666,mode=0620,nosuid,noexec");
    line("tmpfs", dev.resolve("shm"), "tmpfs", "mode=1777,size=" + size + ",nosuid,nodev");
  }

  private void line(String source, Path target, String type, String options) {
    var mountPoint = target.equals(Path.of("/")) ? root.toString() : root + target.toString();
    lines.add(joined(source, mountPoint, type, options + made(target)));
  }

  /** The skeleton has no mount points for what only some sandboxes have. */
  private static String made(Path target) {
    return EquipmentMounts.missing(target) ? ",X-mount.mkdir" : "";
  }

  private static String joined(String source, String target, String type, String options) {
    return Stream.of(source, target, type, options, "0", "0")
        .map(Fstab::escaped)
        .collect(Collectors.joining(" ", "", "\n"));
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012")
        .replace("#", "\\043");
  }
}
