package dev.nimbus.hostagent.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.service.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretStoreTest {
  private static final SandboxId ONE = SandboxId.parse("j-1.1");
  private static final SandboxId OTHER = SandboxId.parse("j-2.1");
  private static final List<Secret> SECRETS = List.of(new Secret("one"), new Secret("two"));

  @TempDir Path home;

  private Path memory;

  @BeforeEach
  void makeMemory() throws IOException {
    memory = Files.createTempDirectory(SecretStore.MEMORY, "nimbus-test-");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(memory).isEmptyDirectory();
    Files.delete(memory);
  }

  @Test
  void theNextLifeKnowsWhatThisOneKept() {
    store().keep(ONE, SECRETS);

    assertThat(store().kept(ONE)).contains(SECRETS);
    assertThat(store().kept(OTHER)).isEmpty();
    store().forget(ONE);
  }

  @Test
  void nobodyElseMayRead() throws IOException {
    store().keep(ONE, SECRETS);

    try (var folders = Files.list(memory)) {
      var folder = folders.findFirst().orElseThrow();
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("j-1.1"))).isEqualTo("rw-------");
    }
    store().forget(ONE);
  }

  @Test
  void whatIsKeptAgainReplacesWhatWas() {
    store().keep(ONE, SECRETS);
    store().keep(ONE, List.of(new Secret("three")));

    assertThat(store().kept(ONE)).contains(List.of(new Secret("three")));
    store().forget(ONE);
  }

  @Test
  void aSweepForgetsWhatIsNotHeldAnyMore() {
    store().keep(ONE, SECRETS);
    store().keep(OTHER, SECRETS);

    store().sweep(List.of(OTHER));

    assertThat(store().kept(ONE)).isEmpty();
    assertThat(store().kept(OTHER)).contains(SECRETS);
    store().sweep(List.of());
  }

  @Test
  void forgettingWhatWasNeverKeptIsFine() {
    store().forget(ONE);
    store().sweep(List.of());
  }

  @Test
  void aFolderSomebodyElseMadeIsNotUsed() throws IOException {
    store().keep(ONE, SECRETS);
    Path folder;
    try (var folders = Files.list(memory)) {
      folder = folders.findFirst().orElseThrow();
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(store().kept(ONE)).isEmpty();
    assertThatThrownBy(() -> store().keep(OTHER, SECRETS))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("not a folder of this agent's user alone");

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    store().sweep(List.of());
  }

  @Test
  void whatWasCutShortOrChangedIsNotTakenForTheSecrets() throws IOException {
    store().keep(ONE, SECRETS);
    var kept = Files.readString(file());

    for (var damaged : List.of("", kept.substring(0, kept.length() - 1), kept.replace('t', 'T'))) {
      Files.writeString(file(), damaged);
      assertThatThrownBy(() -> store().kept(ONE))
          .isInstanceOf(NimbusException.class)
          .hasMessageContaining("Cannot read the secrets of 'j-1.1'");
    }
    store().forget(ONE);
  }

  @Test
  void thatThereAreNoSecretsIsKnownToo() {
    store().keep(ONE, List.of());

    assertThat(store().kept(ONE)).contains(List.of());
    store().forget(ONE);
  }

  @Test
  void whatCannotBeRemovedKeepsNothingElseFromBeingForgotten() throws IOException {
    store().keep(ONE, SECRETS);
    var stuck = Files.createDirectories(file().resolveSibling("a-stranger").resolve("inside"));

    store().sweep(List.of());

    assertThat(store().kept(ONE)).isEmpty();
    Files.delete(stuck);
    store().sweep(List.of());
  }

  @Test
  void aDiskIsNoPlaceForSecrets() throws IOException {
    var disk = Files.createTempDirectory(Path.of("/var/tmp"), "nimbus-test-");
    var store = SecretStore.of(disk, home);

    assertThatThrownBy(store::check)
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("not in memory");

    store.sweep(List.of());
    Files.delete(disk);
  }

  private Path file() throws IOException {
    try (var folders = Files.list(memory)) {
      return folders.findFirst().orElseThrow().resolve("j-1.1");
    }
  }

  private SecretStore store() {
    return SecretStore.of(memory, home);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
