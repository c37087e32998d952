package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.JobStore.Admit;
import dev.nimbus.testkit.storage.NewJobs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full disk does, played by a bound on the pages of the file. */
final class FullDiskTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final int PLENTY = 1_000_000;

  @TempDir private Path folder;
  private SqliteDatabase database;
  private SqlJobStore jobs;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("nimbus.db"));
    jobs = new SqlJobStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFullDiskIsSaidAndNothingAcknowledgedIsLost() {
    var admitted = fill();

    assertThatThrownBy(() -> jobs.admit(NewJobs.of(ACME, "j-over").build(), NOON))
        .isInstanceOfSatisfying(
            NimbusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED);
              assertThat(e).hasMessageContaining("no space is left");
              assertThat(e).hasMessageContaining("nimbus.db");
            });
    assertThat(jobs.counts(ACME).get("waiting")).isEqualTo(admitted);
  }

  @Test
  void whenThereIsSpaceAgainItGoesOnByItself() {
    var admitted = fill();

    pages(PLENTY);
    jobs.admit(NewJobs.of(ACME, "j-after").build(), NOON);

    assertThat(jobs.counts(ACME).get("waiting")).isEqualTo(admitted + 1);
    var check = database.read("look for", "damage", s -> s.all("PRAGMA quick_check", Row::text));
    assertThat(check).containsExactly("ok");
  }

  @Test
  void stepsThatNeedNoSpaceSucceedBesideOnesThatDo() throws Exception {
    fill();
    var large = "x".repeat(20_000);
    var outcomes = new ArrayList<String>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<String>>();
      for (var i = 0; i < 16; i++) {
        var index = i;
        tasks.add(() -> index % 2 == 0 ? touch() : admit("j-large-" + index, large));
      }
      for (var future : threads.invokeAll(tasks)) {
        outcomes.add(future.get());
      }
    }

    assertThat(outcomes).filteredOn("touched"::equals).hasSize(8);
    assertThat(outcomes).filteredOn("EXHAUSTED"::equals).hasSize(8);
  }

  private String touch() {
    database.write("touch", "probe", s -> s.update("UPDATE probe SET writes = writes + 1"));
    return "touched";
  }

  private String admit(String id, String metadata) {
    try {
      return database.write(
          "admit job",
          id,
          session -> {
            session.update("INSERT INTO job_spec (seq, spec) VALUES (?, ?)", 1L << 40, metadata);
            return "admitted";
          });
    } catch (NimbusException e) {
      return e.kind().name();
    }
  }

  /** Admits jobs until no more fit. */
  private long fill() {
    pages(
        (int) database.read("count", "pages", s -> s.number("PRAGMA page_count")).longValue() + 4);
    for (var i = 0; ; i++) {
      try {
        assertThat(jobs.admit(NewJobs.of(ACME, "j-" + i).build(), NOON))
            .isInstanceOf(Admit.Admitted.class);
      } catch (NimbusException e) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.EXHAUSTED);
        return i;
      }
    }
  }

  private void pages(int most) {
    database.write("bound", "pages", s -> s.number("PRAGMA max_page_count = " + most));
  }
}
