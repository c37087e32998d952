package dev.nimbus.hostagent.runner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.service.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must not be in the logs of runners, for the agent's next life to know: in files of its user
 * alone, in a file system in memory, so that they are on no disk and gone with the machine. One
 * agent uses it at a time. Thread-safe.
 */
public final class SecretStore {
  /** Where Linux has a file system in memory that every user may write to. */
  public static final Path MEMORY = Path.of("/dev/shm");

  private static final Logger LOG = LoggerFactory.getLogger(SecretStore.class);
  private static final String NOT_SWEPT = "Secrets of an earlier life cannot be removed";
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final String OURS = "rwx------";
  private static final String FRESH = ".new";

  private final Path folder;

  private SecretStore(Path folder) {
    this.folder = folder;
  }

  /**
   * That of the agent with this home; makes nothing yet.
   *
   * @param memory a folder in memory
   */
  public static SecretStore of(Path memory, Path home) {
    return new SecretStore(memory.resolve("nimbus-" + sum(home.toAbsolutePath().normalize() + "")));
  }

  /** Fails when secrets cannot be kept here. */
  synchronized void check() {
    try {
      prepare();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Keeps the secrets of a sandbox, in place of those it had. */
  synchronized void keep(SandboxId sandbox, List<Secret> secrets) {
    try {
      prepare();
      var text = secrets.stream().map(Secret::value).collect(Collectors.joining("\n"));
      var summed = sum(text) + "\n" + text;
      var fresh = folder.resolve(sandbox.name() + FRESH);
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, summed);
      Files.move(fresh, folder.resolve(sandbox.name()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /**
   * The secrets of a sandbox; empty when nobody knows them any more. {@code UNAVAILABLE} when what
   * is kept cannot be read or is not what was kept, so that nobody can say what they are.
   */
  public synchronized Optional<List<Secret>> kept(SandboxId sandbox) {
    try {
      return ours()
          ? Optional.of(secrets(Files.readString(folder.resolve(sandbox.name()))))
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot read the secrets of '%s' in '%s': %s"
              .formatted(sandbox.name(), folder, e.getMessage()),
          e);
    }
  }

  /** Forgets those of a sandbox. */
  public synchronized void forget(SandboxId sandbox) {
    try {
      if (ours()) {
        Files.deleteIfExists(folder.resolve(sandbox.name()));
        Files.deleteIfExists(folder.resolve(sandbox.name() + FRESH));
        Files.delete(folder);
      }
    } catch (DirectoryNotEmptyException _) {
      return; // Others are still in use.
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Forgets those of all sandboxes but these. What cannot be removed is told in the log. */
  public synchronized void sweep(Collection<SandboxId> keep) {
    var names = keep.stream().map(SandboxId::name).collect(Collectors.toUnmodifiableSet());
    try {
      if (ours()) {
        files().stream()
            .filter(file -> !names.contains(String.valueOf(file.getFileName())))
            .forEach(SecretStore::remove);
        if (files().isEmpty()) {
          Files.delete(folder);
        }
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", folder).setCause(e).log(NOT_SWEPT);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log(NOT_SWEPT);
    }
  }

  private void prepare() throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OURS)));
    }
    if (!ours()) {
      throw new IOException("it is not a folder of this agent's user alone");
    }
    var type = Files.getFileStore(folder).type();
    if (!IN_MEMORY.contains(type)) {
      throw new IOException("it is on '" + type + "', not in memory");
    }
  }

  /** Anybody may have made a folder of this name where everybody may make folders. */
  private boolean ours() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    var permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    var owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    return PosixFilePermissions.toString(permissions).equals(OURS)
        && owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Fails for what is cut short or was changed: some secret would not be known. */
  private static List<Secret> secrets(String text) throws IOException {
    var parts = text.split("\n", 2);
    if (parts.length < 2 || !parts[0].equals(sum(parts[1]))) {
      throw new IOException("they are damaged");
    }
    return parts[1].lines().map(Secret::new).toList();
  }

  private static String sum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private NimbusException refused(IOException cause) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot keep secrets of runners in '" + folder + "': " + cause.getMessage(),
        cause);
  }
}
