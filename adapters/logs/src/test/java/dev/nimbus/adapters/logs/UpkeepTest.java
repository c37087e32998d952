package dev.nimbus.adapters.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpkeepTest {
  private static final long BOUND = 2 << 20;

  @TempDir private Path folder = Path.of("");
  private final SteppedTime time = new SteppedTime(Logs.NOON);
  private EmbeddedLogStore store;

  @BeforeEach
  void open() {
    store = EmbeddedLogStore.open(folder, StoreLimits.upTo(BOUND), time);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void smallChunksOfAnAttemptAtRestBecomeOne() throws Exception {
    appendSmall(Logs.JOB, 100);

    time.step(Duration.ofMinutes(2));
    var tidied = store.tidy();

    assertThat(tidied.merged()).isEqualTo(100);
    assertThat(Logs.chunks(folder)).isEqualTo(1);
    assertThat(Logs.sequences(store, Logs.JOB)).isEqualTo(Logs.upTo(300));
    assertThat(store.stats().lines()).isEqualTo(300);
  }

  @Test
  void tidyingAgainChangesNothing() throws Exception {
    appendSmall(Logs.JOB, 100);
    time.step(Duration.ofMinutes(2));
    store.tidy();

    assertThat(store.tidy().merged()).isZero();
    assertThat(Logs.chunks(folder)).isEqualTo(1);
  }

  @Test
  void aBusyAttemptIsMergedOnceThereIsEnough() throws Exception {
    appendSmall(Logs.JOB, 10);
    assertThat(store.tidy().merged()).isZero();

    for (var i = 0; i < 20; i++) {
      store.append(Logs.ORG, wide(31 + i, 10_000));
    }

    assertThat(store.tidy().merged()).isPositive();
    assertThat(Logs.chunks(folder)).isLessThan(15);
    assertThat(Logs.sequences(store, Logs.JOB)).isEqualTo(Logs.upTo(50));
  }

  @Test
  void moreSmallChunksThanOneStepTakesAreMergedInSeveral() throws Exception {
    appendSmall(Logs.JOB, 1200);
    time.step(Duration.ofMinutes(2));

    while (store.tidy().merged() > 0) {
      assertThat(Logs.sequences(store, Logs.JOB)).isEqualTo(Logs.upTo(3600));
    }

    assertThat(Logs.chunks(folder)).isLessThan(10);
    assertThat(Logs.sequences(store, Logs.JOB)).isEqualTo(Logs.upTo(3600));
  }

  @Test
  void attemptsAreNotMixed() throws Exception {
    for (var i = 1; i <= 20; i++) {
      store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, i, i));
      store.append(Logs.ORG, Logs.batch(Logs.JOB, new Fence(2), i, i));
    }
    time.step(Duration.ofMinutes(2));

    store.tidy();

    assertThat(Logs.chunks(folder)).isEqualTo(2);
    assertThat(Logs.all(store, Logs.JOB))
        .extracting(line -> line.attempt().value() * 100 + line.sequence())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 40).map(i -> i <= 20 ? 100 + i : 180 + i).boxed().toList());
  }

  @Test
  void chunksStoredHoursApartStayApart() throws Exception {
    store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 1, 1));
    time.step(Duration.ofHours(3));
    store.append(Logs.ORG, Logs.batch(Logs.JOB, Logs.FIRST, 2, 2));
    time.step(Duration.ofHours(3));

    store.tidy();

    assertThat(Logs.chunks(folder)).isEqualTo(2);
    assertThat(store.expire(Logs.NOON.plus(Duration.ofHours(1)))).isEqualTo(1);
    assertThat(Logs.sequences(store, Logs.JOB)).containsExactly(2L);
  }

  @Test
  void theOldestLinesGoWhenThereIsTooMuch() throws Exception {
    var jobs = 60;
    for (var job = 1; job <= jobs; job++) {
      store.append(Logs.ORG, noise(new JobId("j-" + job)));
      time.step(Duration.ofSeconds(1));
    }
    var before = store.stats();

    var dropped = store.tidy().dropped();

    assertThat(dropped).isPositive();
    assertThat(store.stats().lines()).isEqualTo(before.lines() - dropped);
    var pages =
        Logs.number(folder, "PRAGMA page_count") - Logs.number(folder, "PRAGMA freelist_count");
    assertThat(pages * 4096).isLessThanOrEqualTo(BOUND);
    assertThat(Logs.sequences(store, new JobId("j-1"))).isEmpty();
    assertThat(Logs.sequences(store, new JobId("j-" + jobs))).hasSize(100);
    assertThat(store.tidy().dropped()).isZero();
  }

  @Test
  void aShipperThatRepeatsDroppedLinesDoesNotBringThemBack() {
    for (var job = 1; job <= 60; job++) {
      store.append(Logs.ORG, noise(new JobId("j-" + job)));
      time.step(Duration.ofSeconds(1));
    }
    store.tidy();

    var repeated = store.append(Logs.ORG, noise(new JobId("j-1")));

    assertThat(repeated.skipped()).isEqualTo(100);
    assertThat(repeated.last().sequence()).isEqualTo(100);
  }

  private void appendSmall(JobId job, int batches) {
    for (var i = 0; i < batches; i++) {
      store.append(Logs.ORG, Logs.batch(job, Logs.FIRST, i * 3 + 1, i * 3 + 3));
    }
  }

  private static Batch wide(long sequence, int chars) {
    return new Batch(List.of(Logs.line(Logs.JOB, Logs.FIRST, sequence, "w".repeat(chars))));
  }

  /** A hundred lines that do not compress. */
  private static Batch noise(JobId job) {
    var random = new SplittableRandom(job.hashCode());
    return new Batch(
        LongStream.rangeClosed(1, 100)
            .mapToObj(i -> Logs.line(job, Logs.FIRST, i, noise(random)))
            .toList());
  }

  private static String noise(SplittableRandom random) {
    var text = new StringBuilder();
    for (var i = 0; i < 60; i++) {
      text.append(Long.toString(random.nextLong(), 36));
    }
    return text.toString();
  }
}
