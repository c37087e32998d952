package dev.nimbus.service.secret;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.time.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of a vault's keys: one {@code id key} per line, newest first, for its owner only, never
 * seen half-written.
 */
public final class VaultFile {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final Ids ids;

  public VaultFile(Path file, Ids ids) {
    this.file = file.toAbsolutePath();
    this.ids = ids;
  }

  /** Reads the keys, making one when there is no file. */
  public Vault open() {
    if (!Files.exists(file)) {
      create();
    }
    return new Vault(read(), ids);
  }

  /** Puts a new key before the others, which still open what they sealed. */
  public Vault rotate() {
    var keys = new ArrayList<VaultKey>();
    keys.add(fresh());
    keys.addAll(read());
    try {
      Files.move(
          written(keys), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed("replace", e);
    }
    return new Vault(keys, ids);
  }

  /** Reads keys as the file has them. */
  public static List<VaultKey> parse(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(VaultFile::key)
        .toList();
  }

  private static VaultKey key(String line) {
    var space = line.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("A line is not 'id key'");
    }
    return new VaultKey(line.substring(0, space), line.substring(space + 1).strip());
  }

  private VaultKey fresh() {
    return new VaultKey(
        ids.next("v"), Base64.getEncoder().encodeToString(ids.secret(VaultKey.BYTES)));
  }

  private List<VaultKey> read() {
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new NimbusException(
            Kind.DENIED,
            "Cannot use key file '%s': others may read it; allow only its owner (chmod 600)"
                .formatted(file));
      }
      var keys = parse(Files.readString(file));
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("It holds no key");
      }
      return keys;
    } catch (IOException e) {
      throw failed("read", e);
    } catch (IllegalArgumentException e) {
      throw new NimbusException(
          Kind.INVALID, "Cannot read key file '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  private void create() {
    try {
      Files.createDirectories(file.getParent());
      var made = written(List.of(fresh()));
      try {
        Files.createLink(file, made);
      } catch (FileAlreadyExistsException e) {
        // Another process was first; its key is the one.
      } finally {
        Files.delete(made);
      }
    } catch (IOException e) {
      throw failed("create", e);
    }
  }

  private Path written(List<VaultKey> keys) throws IOException {
    var fresh =
        Files.createTempFile(
            file.getParent(), ".key", ".tmp", PosixFilePermissions.asFileAttribute(OWNER));
    var text =
        keys.stream().map(key -> key.id() + " " + key.text() + "\n").collect(Collectors.joining());
    try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    return fresh;
  }

  private NimbusException failed(String doing, IOException e) {
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot " + doing + " key file '" + file + "': " + e.getMessage(), e);
  }
}
