package dev.nimbus.adapters.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.Position;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailureTest {
  private static final StoreLimits ROOMY = StoreLimits.upTo(1 << 30);
  private static final StoreLimits TINY =
      new StoreLimits(1 << 20, 1 << 20, 64 * 1024, 1 << 20, 1 << 20, Duration.ofMinutes(1));

  @TempDir private Path folder = Path.of("");
  private final SteppedTime time = new SteppedTime(Logs.NOON);

  @Test
  void aFullStoreRefusesLinesAndTakesThemOnceThereIsRoom() {
    try (var store = EmbeddedLogStore.open(folder, TINY, time)) {
      store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 1, 10));
      time.step(Duration.ofDays(1));
      var random = new SplittableRandom(1);
      var sequence = 0L;
      NimbusException refused = null;
      while (refused == null) {
        try {
          store.append(Logs.ORG, noise(sequence + 1, random));
          sequence++;
        } catch (NimbusException e) {
          refused = e;
        }
      }
      assertThat(refused.kind()).isEqualTo(Kind.EXHAUSTED);
      assertThat(refused.code()).isEqualTo("disk-full");
      assertThat(refused).hasMessageContaining("noisy").hasMessageContaining("no room");
      assertThat(Logs.sequences(store, new JobId("noisy"))).isEqualTo(Logs.upTo(sequence));

      store.expire(time.instant().plusSeconds(1));
      store.append(Logs.ORG, noise(sequence + 1, random));

      assertThat(Logs.sequences(store, new JobId("noisy"))).containsExactly(sequence + 1);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws Exception {
    var file = folder.resolve("logs.db");
    Files.writeString(file, "this is not a database at all, ".repeat(500), StandardCharsets.UTF_8);

    assertRefused(() -> EmbeddedLogStore.open(folder, ROOMY, time), Kind.INTERNAL)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("damaged");

    assertThat(file).content().startsWith("this is not a database");
    Files.move(file, folder.resolve("logs.db.damaged"));
    try (var store = EmbeddedLogStore.open(folder, ROOMY, time)) {
      store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 1, 3));
    }
  }

  @Test
  void aDamagedChunkIsReportedAndOtherJobsAreNot() throws Exception {
    var other = new JobId("j-2");
    try (var store = EmbeddedLogStore.open(folder, ROOMY, time)) {
      store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 1, 100));
      store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 101, 200));
      store.append(Logs.ORG, Logs.batch(other, Logs.FIRST, 1, 100));
      store.append(Logs.ORG, Logs.batch(other, Logs.FIRST, 101, 200));
      damageFirstChunk();
      time.step(Duration.ofMinutes(5));

      assertRefused(() -> Logs.all(store, Logs.JOB), Kind.INTERNAL).hasMessageContaining("j-1");
      assertRefused(store::tidy, Kind.INTERNAL).hasMessageContaining("damaged");
      assertThat(Logs.sequences(store, other)).isEqualTo(Logs.upTo(200));
      assertThat(Logs.number(folder, "SELECT COUNT(*) FROM chunk WHERE job = 2")).isEqualTo(1);
      store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 201, 210));
    }
  }

  @Test
  void onlyOneProcessMayHaveAStoreOpen() {
    try (var _ = EmbeddedLogStore.open(folder, ROOMY, time)) {
      assertRefused(() -> EmbeddedLogStore.open(folder, ROOMY, time), Kind.CONFLICT)
          .hasMessageContaining("another process");
    }
    EmbeddedLogStore.open(folder, ROOMY, time).close();
  }

  @Test
  void aStoreOfANewerVersionIsRefused() throws Exception {
    EmbeddedLogStore.open(folder, ROOMY, time).close();
    try (var session = new Database(folder.resolve("logs.db"), 1 << 30).connect()) {
      session.script("PRAGMA user_version = 99");
    }

    assertRefused(() -> EmbeddedLogStore.open(folder, ROOMY, time), Kind.CONFLICT)
        .hasMessageContaining("99");
  }

  @Test
  void aClosedStoreSaysSo() {
    var store = EmbeddedLogStore.open(folder, ROOMY, time);
    store.close();

    assertRefused(
            () -> store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 1, 1)), Kind.UNAVAILABLE)
        .hasMessageContaining("closed");
    assertRefused(() -> Logs.all(store, Logs.JOB), Kind.UNAVAILABLE).hasMessageContaining("closed");
  }

  @Test
  void aCallerWhoIsInterruptedIsTold() {
    try (var store = EmbeddedLogStore.open(folder, ROOMY, time)) {
      Thread.currentThread().interrupt();

      assertRefused(
          () -> store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 1, 1)), Kind.UNAVAILABLE);

      assertThat(Thread.interrupted()).isTrue();
      store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 1, 2));
      assertThat(Logs.sequences(store, Logs.JOB)).isEqualTo(Logs.upTo(2));
    }
  }

  @Test
  void aSearchThatWouldTakeTooLongSaysWhereItStopped() {
    try (var store = EmbeddedLogStore.open(folder, TINY, time)) {
      for (var job = 1; job <= 40; job++) {
        var text = "x".repeat(60_000) + (job == 3 ? "needle" : "");
        var id = new JobId("j-" + job);
        store.append(Logs.ORG, new Batch(List.of(Logs.line(id, Logs.FIRST, 1, text))));
      }
      // two letters have no trigram, so nothing can be skipped
      var query = LogQuery.of(Scope.Everything.FROM_THE_NEWEST, "ne", 10);
      var first = store.read(Logs.ORG, query);

      assertThat(first.lines()).isEmpty();
      assertThat(first.rest())
          .isInstanceOfSatisfying(
              Found.Rest.More.class, more -> assertThat(more.bound()).isEqualTo(Found.Bound.WORK));
      var rounds = 1;
      var found = first;
      while (found.rest() instanceof Found.Rest.More(var scope, _)) {
        found = store.read(Logs.ORG, query.in(scope));
        rounds++;
        if (!found.lines().isEmpty()) {
          break;
        }
      }
      assertThat(rounds).isBetween(2, 10);
      assertThat(found.lines()).hasSize(1);
    }
  }

  @Test
  void aSearchSkipsWhatCannotMatch() {
    try (var store = EmbeddedLogStore.open(folder, TINY, time)) {
      for (var job = 1; job <= 40; job++) {
        var text = "x".repeat(60_000) + (job == 3 ? "needle" : "");
        var id = new JobId("j-" + job);
        store.append(Logs.ORG, new Batch(List.of(Logs.line(id, Logs.FIRST, 1, text))));
      }

      var found = store.read(Logs.ORG, LogQuery.of(Scope.Everything.FROM_THE_NEWEST, "needle", 10));

      assertThat(found.lines()).hasSize(1);
      assertThat(found.rest()).isEqualTo(new Found.Rest.Nothing());
    }
  }

  @Test
  void anAnswerDoesNotGrowBeyondItsBound() {
    try (var store = EmbeddedLogStore.open(folder, ROOMY, time)) {
      var text = "é".repeat(60_000);
      for (var i = 1; i <= 200; i++) {
        store.append(Logs.ORG, new Batch(List.of(Logs.line(Logs.JOB, Logs.FIRST, i, text))));
      }

      var found = store.read(Logs.ORG, LogQuery.of(Logs.JOB, Position.START, 200));

      assertThat(found.lines()).hasSizeLessThan(50);
      assertThat(found.rest()).isInstanceOf(Found.Rest.More.class);
      assertThat(Logs.sequences(store, Logs.JOB)).isEqualTo(Logs.upTo(200));
    }
  }

  @Test
  void nobodyElseMayReadTheFolder() throws Exception {
    var inner = folder.resolve("inner");
    EmbeddedLogStore.open(inner, ROOMY, time).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)))
        .isEqualTo("rwx------");
  }

  @Test
  void commitsAreSyncedToTheDisk() throws Exception {
    EmbeddedLogStore.open(folder, ROOMY, time).close();

    assertThat(Logs.number(folder, "PRAGMA synchronous")).isEqualTo(2);
    try (var session = new Database(folder.resolve("logs.db"), 1 << 30).connect()) {
      assertThat(session.list("PRAGMA journal_mode", row -> row.getString(1)))
          .containsExactly("wal");
    }
  }

  private void damageFirstChunk() throws Exception {
    try (var session = new Database(folder.resolve("logs.db"), 1 << 30).connect()) {
      session.script("UPDATE chunk SET body = zeroblob(length(body)) WHERE id = 1");
    }
  }

  private static Batch noise(long sequence, SplittableRandom random) {
    var text = new StringBuilder();
    for (var i = 0; i < 3000; i++) {
      text.append(Long.toString(random.nextLong(), 36));
    }
    return new Batch(List.of(Logs.line(new JobId("noisy"), Logs.FIRST, sequence, text.toString())));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      ThrowingCallable call, Kind kind) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(NimbusException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
