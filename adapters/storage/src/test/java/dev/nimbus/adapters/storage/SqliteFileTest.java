package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.testkit.storage.NewJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets who opens a file of SQLite. */
final class SqliteFileTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("state").resolve("nimbus.db");
  }

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() {
    try (var storage = open()) {
      for (var i = 0; i < 20; i++) {
        storage.jobs().admit(NewJobs.of(ACME, "j-" + i).build(), NOON);
      }
    }

    try (var storage = open()) {
      assertThat(storage.jobs().list(ACME, JobFilter.newest(100)).jobs()).hasSize(20);
      assertThat(storage.orgs().find(ACME).orElseThrow().waiting()).isEqualTo(20);
      assertThat(storage.repair()).isZero();
    }
  }

  @Test
  void aFileThatIsOpenCannotBeOpenedAgain() {
    try (var first = open()) {
      refused(Kind.CONFLICT, "another Nimbus process uses it", "PostgreSQL");
      first.check();
    }
    open().close();
  }

  @Test
  void aRefusedOpeningLetsGoOfTheFile() throws IOException {
    write("this is not a database, and long enough to be sure about it".repeat(20));
    refused(Kind.INTERNAL, "not an SQLite database");
    Files.delete(file);

    open().close();
  }

  @Test
  void anEmptyFileBecomesADatabase() throws IOException {
    write("");

    try (var storage = open()) {
      storage.check();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsNamedAndLeftAlone() throws IOException {
    var text = "this is not a database, and long enough to be sure about it".repeat(20);
    write(text);

    refused(Kind.INTERNAL, file.toString(), "not an SQLite database", "backup");

    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void aDamagedDatabaseIsNamed() throws IOException {
    open().close();
    var bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);

    refused(Kind.INTERNAL, file.toString(), "is damaged", "backup");
  }

  @Test
  void damageThatIsMetLaterIsNamedAsWell() throws IOException {
    try (var storage = open()) {
      for (var i = 0; i < 500; i++) {
        storage.jobs().admit(NewJobs.of(ACME, "j-" + i).build(), NOON);
      }
    }
    var bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4096 * 8, bytes.length, (byte) 0x5a);
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);

    assertThatThrownBy(
            () -> {
              try (var storage = open()) {
                storage.jobs().list(ACME, JobFilter.newest(500));
              }
            })
        .isInstanceOfSatisfying(
            NimbusException.class,
            e ->
                assertThat(e)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("damaged"));
  }

  @Test
  void aDatabaseOfAnotherProgramIsLeftAlone() throws SQLException, IOException {
    execute("CREATE TABLE job (title TEXT)");

    refused(Kind.CONFLICT, "tables that Nimbus did not make");
  }

  @Test
  void aSchemaThatIsNewerIsLeftAlone() throws SQLException, IOException {
    open().close();
    execute("INSERT INTO schema_version VALUES (9999, 'V9999__the_future', 'x')");

    refused(Kind.CONFLICT, "newer Nimbus");
  }

  @Test
  void aMigrationThatWasEditedAfterwardsIsNoticed() throws SQLException, IOException {
    open().close();
    execute("UPDATE schema_version SET checksum = 'x' WHERE version = 1");

    refused(Kind.CONFLICT, "migration 1 is not the one");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder.resolve("state"), "a file where the folder should be");

    refused(Kind.UNAVAILABLE, file.toString());
  }

  @Test
  void aClosedStorageSaysSo() {
    var storage = open();
    storage.close();

    assertThatThrownBy(storage::check)
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThatThrownBy(() -> storage.jobs().admit(NewJobs.of(ACME, "j-1").build(), NOON))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    storage.close();
  }

  private SqlStorage open() {
    return SqlStorage.open("sqlite:" + file);
  }

  private void refused(Kind kind, String... words) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOfSatisfying(
            NimbusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.getMessage()).contains(words);
            });
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void execute(String sql) throws SQLException, IOException {
    Files.createDirectories(file.getParent());
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
