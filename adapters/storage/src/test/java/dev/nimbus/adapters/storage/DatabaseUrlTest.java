package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
  @Test
  void aPathOfSqliteMayBeAbsoluteOrNot() {
    assertThat(DatabaseUrl.parse("sqlite:/var/lib/nimbus/nimbus.db"))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("/var/lib/nimbus/nimbus.db")));
    assertThat(DatabaseUrl.parse("sqlite:nimbus.db"))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("nimbus.db").toAbsolutePath()));
  }

  @Test
  void aUrlOfPostgresSaysWhereAndWho() {
    assertThat(
            DatabaseUrl.parse("postgresql://nim:s%40cret%2F+x@db.example:5433/ci?sslmode=require"))
        .isEqualTo(
            new DatabaseUrl.Postgres(
                "postgresql://db.example:5433/ci",
                "jdbc:postgresql://db.example:5433/ci?sslmode=require",
                "nim",
                "s@cret/+x"));
  }

  @Test
  void thePortAndThePasswordMayBeLeftOut() {
    assertThat(DatabaseUrl.parse("postgres://nim@db.example/ci"))
        .isEqualTo(
            new DatabaseUrl.Postgres(
                "postgresql://db.example:5432/ci",
                "jdbc:postgresql://db.example:5432/ci",
                "nim",
                ""));
  }

  @Test
  void aPasswordIsNeverShown() {
    assertThat(DatabaseUrl.parse("postgresql://nim:s3cret@db.example/ci").toString())
        .doesNotContain("s3cret");
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://nim:s3 cret%@db.example/ci"))
        .satisfies(DatabaseUrlTest::doesNotShowThePassword);
    assertThatThrownBy(() -> DatabaseUrl.parse("mysql://nim:s3 cret@db.example/ci"))
        .satisfies(DatabaseUrlTest::doesNotShowThePassword);
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedWithoutThePassword() {
    assertThatThrownBy(
            () -> SqlStorage.open("postgresql://nim:s3cret@localhost:1/ci?connectTimeout=1"))
        .isInstanceOfSatisfying(
            NimbusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
              assertThat(e).hasMessageContaining("postgresql://localhost:1/ci");
            })
        .satisfies(DatabaseUrlTest::doesNotShowThePassword);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sqlite",
        "sqlite:",
        "sqlite:/",
        "postgresql://",
        "postgresql:///ci",
        "postgresql://host",
        "postgresql://host/",
        "mysql://host/ci",
        "/var/lib/nimbus.db"
      })
  void anythingElseIsRefused(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
  }

  private static void doesNotShowThePassword(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage())).doesNotContain("s3");
    }
  }
}
