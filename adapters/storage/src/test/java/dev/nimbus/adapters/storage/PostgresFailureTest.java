package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.testkit.storage.NewJobs;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator meets with a PostgreSQL that is shared, restarted or not there. */
@Tag("slow")
final class PostgresFailureTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void controlPlanesThatStartTogetherMigrateOnce() throws Exception {
    var url = PostgresServer.newDatabase();
    var barrier = new CyclicBarrier(4);
    Callable<SqlStorage> opening =
        () -> {
          barrier.await();
          return SqlStorage.open(url);
        };
    var opened = new ArrayList<SqlStorage>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(List.of(opening, opening, opening, opening))) {
        opened.add(future.get());
      }
    }

    opened.forEach(SqlStorage::check);
    opened.forEach(SqlStorage::close);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() {
    var url = PostgresServer.newDatabase();
    try (var storage = SqlStorage.open(url)) {
      storage.jobs().admit(NewJobs.of(ACME, "j-1").build(), NOON);
    }

    try (var storage = SqlStorage.open(url)) {
      assertThat(storage.jobs().counts(ACME)).containsEntry("waiting", 1L);
    }
  }

  @Test
  void connectionsThatTheServerClosedAreReplaced() {
    try (var storage = SqlStorage.open(PostgresServer.newDatabase())) {
      storage.check();
      PostgresServer.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nimbus'");

      var failures = failuresUntilItWorks(storage);

      assertThat(failures).allSatisfy(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  @Test
  void aWrongUserIsNamedAndThePasswordIsNot() {
    var url = PostgresServer.newDatabase().replace("postgres:postgres@", "no-such-user:s3cret@");

    assertThatThrownBy(() -> SqlStorage.open(url))
        .isInstanceOfSatisfying(
            NimbusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
              assertThat(e).hasMessageContaining("no-such-user");
              assertThat(e.getMessage()).doesNotContain("s3cret");
            });
  }

  @Test
  void aStepThatOthersStoodInTheWayOfIsTriedAgain() {
    var url = (DatabaseUrl.Postgres) DatabaseUrl.parse(PostgresServer.newDatabase());
    try (var database = PostgresDatabase.open(url)) {
      var tries = new AtomicInteger();

      var done =
          database.write(
              "do",
              "it",
              session -> {
                if (tries.incrementAndGet() < 3) {
                  throw new SQLException("deadlock detected", "40P01");
                }
                return "done";
              });

      assertThat(done).isEqualTo("done");
      assertThat(tries).hasValue(3);
    }
  }

  @Test
  void aStepThatOthersAlwaysStandInTheWayOfIsGivenUp() {
    var url = (DatabaseUrl.Postgres) DatabaseUrl.parse(PostgresServer.newDatabase());
    try (var database = PostgresDatabase.open(url)) {
      assertThatThrownBy(
              () ->
                  database.write(
                      "do",
                      "it",
                      session -> {
                        throw new SQLException("deadlock detected", "40P01");
                      }))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  @Test
  void aStepThatFailsLeavesNothingBehind() {
    var url = (DatabaseUrl.Postgres) DatabaseUrl.parse(PostgresServer.newDatabase());
    try (var database = PostgresDatabase.open(url)) {
      assertThatThrownBy(
              () ->
                  database.write(
                      "do",
                      "it",
                      session -> {
                        session.update("UPDATE probe SET writes = 99");
                        throw new IllegalStateException("a bug");
                      }))
          .isInstanceOf(IllegalStateException.class);

      long writes = database.read("read", "it", s -> s.number("SELECT writes FROM probe"));
      assertThat(writes).isZero();
    }
  }

  private static List<NimbusException> failuresUntilItWorks(SqlStorage storage) {
    var failures = new ArrayList<NimbusException>();
    while (failures.size() < 50) {
      try {
        storage.check();
        return failures;
      } catch (NimbusException e) {
        failures.add(e);
      }
    }
    throw new AssertionError("It did not work again", failures.getLast());
  }
}
