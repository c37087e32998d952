package dev.nimbus.adapters.executors.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The folder of mount points all sandboxes share as their root. It holds nothing but empty folders,
 * empty files, links and the seccomp filter, and every sandbox mounts it read-only.
 */
final class Skeleton {
  /** Where the filter is inside a sandbox, for tools that read it there. */
  static final String FILTER = "/.seccomp";

  private static final List<String> FOLDERS =
      List.of(
          "dev/pts",
          "dev/shm",
          "etc",
          "home",
          "mnt",
          "proc",
          "root",
          "run/nimbus",
          "sys",
          "tmp",
          "usr",
          "var",
          "workspace");
  private static final List<String> FILES =
      List.of("dev/full", "dev/null", "dev/random", "dev/tty", "dev/urandom", "dev/zero");
  private static final Map<String, String> LINKS =
      Map.of(
          "dev/fd", "/proc/self/fd",
          "dev/stdin", "fd/0",
          "dev/stdout", "fd/1",
          "dev/stderr", "fd/2",
          "dev/ptmx", "pts/ptmx",
          "var/tmp", "/tmp");

  private Skeleton() {}

  static void build(Path root, Host host, byte[] filter) throws IOException {
    for (var name : FOLDERS) {
      folder(root.resolve(name));
    }
    for (var path : host.systemFolders()) {
      folder(inside(root, path));
    }
    for (var name : FILES) {
      file(root.resolve(name));
    }
    for (var path : host.resolvers()) {
      folder(inside(root, path).resolveSibling("."));
      file(inside(root, path));
    }
    for (var link : LINKS.entrySet()) {
      link(root.resolve(link.getKey()), Path.of(link.getValue()));
    }
    for (var path : host.systemLinks()) {
      link(inside(root, path), Files.readSymbolicLink(path));
    }
    var copy = inside(root, Path.of(FILTER));
    Files.write(copy, filter);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
  }

  private static Path inside(Path root, Path path) {
    return root.resolve(Path.of("/").relativize(path));
  }

  private static void folder(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      Files.delete(path);
    }
    Files.createDirectories(path.normalize());
    Files.setPosixFilePermissions(path.normalize(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void file(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(path);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static void link(Path path, Path target) throws IOException {
    if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(target)) {
      return;
    }
    Files.deleteIfExists(path);
    Files.createSymbolicLink(path, target);
  }
}
