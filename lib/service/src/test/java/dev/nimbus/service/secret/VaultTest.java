package dev.nimbus.service.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.service.time.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
  private static final byte[] SECRET = "glpat-secret".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void whatIsSealedOpensAgainAfterARestart() {
    var sealed = file().open().seal("acme/hub", SECRET);

    assertThat(file().open().open("acme/hub", sealed)).isEqualTo(SECRET);
    assertThat(sealed.toString() + sealed.text()).doesNotContain("glpat");
  }

  @Test
  void theSameSecretNeverLooksTheSame() {
    var vault = file().open();

    assertThat(vault.seal("a", SECRET)).isNotEqualTo(vault.seal("a", SECRET));
  }

  @Test
  void whatWasSealedForOneTenantDoesNotOpenForAnother() {
    var vault = file().open();
    var sealed = vault.seal("acme/hub", SECRET);

    assertThatThrownBy(() -> vault.open("rival/hub", sealed))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("rival/hub")
        .hasMessageContaining("another place");
  }

  @Test
  void everyChangedByteIsNoticed() {
    var vault = file().open();
    var sealed = vault.seal("a", SECRET);
    var bytes = Base64.getDecoder().decode(sealed.text());
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      var changed = new Sealed(sealed.keyId(), Base64.getEncoder().encodeToString(bytes));
      assertThatThrownBy(() -> vault.open("a", changed)).isInstanceOf(NimbusException.class);
      bytes[i] ^= 1;
    }
  }

  @Test
  void aRotatedVaultOpensOldSecretsAndSealsWithTheNewKey() {
    var before = file().open().seal("a", SECRET);

    var vault = file().rotate();

    assertThat(vault.open("a", before)).isEqualTo(SECRET);
    assertThat(vault.current(before)).isFalse();
    assertThat(vault.current(vault.seal("a", SECRET))).isTrue();
    assertThat(file().open().open("a", before)).isEqualTo(SECRET);
  }

  @Test
  void aSecretWhoseKeyIsGoneSaysWhichKeyIsMissing() throws IOException {
    var sealed = file().open().seal("a", SECRET);
    Files.delete(folder.resolve("keys/secrets.key"));

    assertThatThrownBy(() -> file().open().open("a", sealed))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining(sealed.keyId());
  }

  @Test
  void aKeyFileOthersMayReadIsRefused() throws IOException {
    file().open();
    var path = folder.resolve("keys/secrets.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> file().open())
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aDamagedKeyFileIsNamedAndItsContentIsNot() throws IOException {
    file().open();
    var path = folder.resolve("keys/secrets.key");
    Files.writeString(path, "v-1 c2hvcnQ=\n");

    assertThatThrownBy(() -> file().open())
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("secrets.key")
        .hasMessageNotContaining("c2hvcnQ");
  }

  private VaultFile file() {
    return new VaultFile(folder.resolve("keys/secrets.key"), Ids.random());
  }
}
