package dev.nimbus.service.token;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file of a signing key: readable by its owner only, and never seen half-written. */
final class KeyFile {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final byte[] PROOF = {1, 2, 3};

  private final Path file;

  KeyFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** What the file holds: the algorithm, the public key, and the private key in PKCS 8. */
  record Content(String alg, @Nullable String x, @Nullable String pkcs8) {
    SigningKey key() throws GeneralSecurityException {
      if (x == null || pkcs8 == null) {
        throw new IllegalArgumentException("a part is missing");
      }
      var key = new SigningKey(x, Keys.signer(Base64.getDecoder().decode(pkcs8)));
      if (!Keys.verifies(Keys.verifier(x), PROOF, key.sign(PROOF))) {
        throw new IllegalArgumentException("its halves do not belong together");
      }
      return key;
    }
  }

  SigningKey loadOrCreate() {
    if (!Files.exists(file)) {
      create();
    }
    return load();
  }

  SigningKey replace() {
    try {
      var fresh = written();
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return load();
    } catch (IOException e) {
      throw failed("replace", e);
    }
  }

  private void create() {
    try {
      Files.createDirectories(file.getParent());
      var fresh = written();
      try {
        Files.createLink(file, fresh);
      } catch (FileAlreadyExistsException e) {
        Files.delete(fresh);
        return;
      }
      Files.delete(fresh);
    } catch (IOException e) {
      throw failed("create", e);
    }
  }

  /** A new key in a temporary file beside the real one, on disk for certain. */
  private Path written() throws IOException {
    var fresh =
        Files.createTempFile(
            file.getParent(), ".key", ".tmp", PosixFilePermissions.asFileAttribute(OWNER));
    try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(Json.write(generated())));
      channel.force(true);
    }
    return fresh;
  }

  private static Content generated() {
    try {
      var pair = KeyPairGenerator.getInstance(Keys.ALGORITHM).generateKeyPair();
      var pkcs8 = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
      return new Content(Keys.ALGORITHM, Keys.encoded(pair.getPublic()), pkcs8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + Keys.ALGORITHM, e);
    }
  }

  private SigningKey load() {
    try {
      onlyForOwner();
      return Json.read(Files.readAllBytes(file), Content.class).key();
    } catch (IOException e) {
      throw failed("read", e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new NimbusException(
          Kind.INVALID, "Cannot read signing key '" + file + "': it is damaged", e);
    }
  }

  private void onlyForOwner() throws IOException {
    if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot use signing key '%s': others may read it; allow only its owner (chmod 600)"
              .formatted(file));
    }
  }

  private NimbusException failed(String doing, IOException e) {
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot " + doing + " signing key '" + file + "': " + e.getMessage(), e);
  }
}
