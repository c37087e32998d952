package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitTest {
  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch go = new CountDownLatch(1);
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("nimbus.db"));
  }

  @AfterEach
  void close() {
    threads.close();
    database.close();
  }

  @Test
  void aStepThatFailsDoesNotSpoilItsNeighbours() throws Exception {
    var blocked = block();
    var futures = new ArrayList<Future<Integer>>();
    for (var i = 0; i < 20; i++) {
      var key = "k-" + i;
      futures.add(i % 5 == 0 ? submit(failing(key)) : submit(inserting(key)));
    }
    release(blocked);

    var failed = 0;
    for (var future : futures) {
      failed += succeeded(future) ? 0 : 1;
    }

    assertThat(failed).isEqualTo(4);
    assertThat(keys()).hasSize(16).doesNotContain("k-0", "k-5", "k-10", "k-15");
  }

  @Test
  void whatAFailingStepWroteBeforeItFailedIsUndone() throws Exception {
    var blocked = block();
    var good = submit(inserting("good"));
    var bad = submit(failing("bad"));
    release(blocked);

    assertThat(succeeded(good)).isTrue();
    assertThat(succeeded(bad)).isFalse();
    assertThat(keys()).containsExactly("good");
  }

  @Test
  void aStepThatThrowsSomethingOfItsOwnIsAnsweredWithIt() {
    assertThatThrownBy(
            () ->
                database.write(
                    "refuse",
                    "it",
                    session -> {
                      throw new NimbusException(Kind.DENIED, "Cannot do that");
                    }))
        .isInstanceOfSatisfying(
            NimbusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.DENIED);
              assertThat(e).hasMessage("Cannot do that");
            });
  }

  @Test
  void aFaultInAStepEndsNeitherTheWriterNorTheReaders() {
    assertThatThrownBy(
            () ->
                database.write(
                    "break",
                    "it",
                    session -> {
                      throw new StackOverflowError("deep");
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> database.read("break", "it", s -> s.number("SELECT nonsense")))
        .isInstanceOfSatisfying(
            NimbusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.INTERNAL);
              assertThat(e).hasMessageContaining("Cannot break 'it'");
            });

    assertThat(database.write("insert", "k", inserting("k"))).isEqualTo(1);
    assertThat(keys()).containsExactly("k");
  }

  @Test
  void aReaderSeesWhatWasCommittedBeforeItAsked() {
    for (var i = 0; i < 200; i++) {
      database.write("insert", i, inserting("k-" + i));
      assertThat(keys()).hasSize(i + 1);
    }
  }

  @Test
  void aReaderCannotWrite() {
    assertThatThrownBy(() -> database.read("insert", "k", inserting("k")))
        .isInstanceOf(NimbusException.class);

    assertThat(keys()).isEmpty();
  }

  @Test
  void stepsThatWaitWhenItClosesAreAnswered() throws Exception {
    var blocked = block();
    var waiting = new ArrayList<Future<Integer>>();
    for (var i = 0; i < 10; i++) {
      waiting.add(submit(inserting("k-" + i)));
    }
    var closing = threads.submit(() -> database.close());
    release(blocked);
    closing.get();

    for (var future : waiting) {
      if (!succeeded(future)) {
        assertThatThrownBy(future::get)
            .hasCauseInstanceOf(NimbusException.class)
            .hasMessageContaining("closed");
      }
    }
  }

  /** Occupies the writer until the latch opens, so that what follows is one batch. */
  private Future<Integer> block() throws InterruptedException {
    var occupied = new CountDownLatch(1);
    var future =
        submit(
            session -> {
              occupied.countDown();
              awaitGo();
              return 0;
            });
    occupied.await();
    return future;
  }

  private void release(Future<Integer> blocked) throws Exception {
    go.countDown();
    blocked.get();
  }

  private void awaitGo() {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Future<Integer> submit(Work<Integer> work) throws InterruptedException {
    var queued = new CountDownLatch(1);
    Callable<Integer> task =
        () -> {
          queued.countDown();
          return database.write("do", "it", work);
        };
    var future = threads.submit(task);
    queued.await();
    return future;
  }

  private static Work<Integer> inserting(String key) {
    return session ->
        session.update(
            "INSERT INTO signing_key (key_id, encoded, created_at, valid_until)"
                + " VALUES (?, '', 0, 0)",
            key);
  }

  private static Work<Integer> failing(String key) {
    return session -> {
      inserting(key).run(session);
      return inserting(key).run(session);
    };
  }

  private List<String> keys() {
    return database.read(
        "list", "keys", s -> s.all("SELECT key_id FROM signing_key ORDER BY 1", Row::text));
  }

  private static boolean succeeded(Future<Integer> future) throws InterruptedException {
    try {
      future.get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
