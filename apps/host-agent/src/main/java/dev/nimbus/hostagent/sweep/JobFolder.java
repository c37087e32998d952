package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The folder of one held job, for nobody but the agent's user to read. Files in it are replaced in
 * one step, so that death at any point leaves the old or the new; they are not forced to disk,
 * since jobs do not outlive their machine.
 */
public final class JobFolder {
  private static final String LEASE = "lease.json";
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final SandboxId id;
  private final Path path;

  JobFolder(SandboxId id, Path path) {
    this.id = id;
    this.path = path;
  }

  public SandboxId id() {
    return id;
  }

  /** Where others keep their files about this job. */
  public Path path() {
    return path;
  }

  /** Keeps the state; makes the folder when it is not there. */
  public void save(HeldJob job, LeaseKeeping keeping, Clocks clocks) throws IOException {
    Files.createDirectories(path, OWNER);
    var fresh = path.resolve(LEASE + ".new");
    Files.write(fresh, Json.write(SavedJob.of(job, keeping, clocks)));
    Files.move(
        fresh,
        path.resolve(LEASE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets the job. The state goes first: what is left without it is swept. */
  public void delete() throws IOException {
    Files.deleteIfExists(path.resolve(LEASE));
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (var file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(path);
    }
  }

  SavedJob load() throws IOException {
    return Json.read(Files.readAllBytes(path.resolve(LEASE)), SavedJob.class);
  }
}
