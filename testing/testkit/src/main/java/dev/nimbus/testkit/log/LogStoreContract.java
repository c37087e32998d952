package dev.nimbus.testkit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.LogStore.Appended;
import dev.nimbus.core.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log store does. A subclass says how to open one. */
public abstract class LogStoreContract {
  protected static final OrgId ACME = new OrgId("acme");
  protected static final OrgId RIVAL = new OrgId("rival");
  protected static final JobId JOB = new JobId("j-1");
  protected static final JobId OTHER = new JobId("j-2");
  protected static final Fence FIRST = new Fence(1);
  protected static final Fence SECOND = new Fence(2);
  protected static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  protected final SteppedTime time = new SteppedTime(NOON);
  protected LogStore store = new MemoryLogStore(time);

  /** Opens an empty store that takes its time from here. */
  protected abstract LogStore open(InstantSource time);

  @BeforeEach
  void openStore() {
    store = open(time);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void linesComeBackAsTheyWereAppended() {
    var lines =
        List.of(
            new Line(JOB, FIRST, 1, NOON, Line.Source.CONSOLE, Line.Level.DEBUG, "a", true),
            new Line(
                JOB,
                FIRST,
                2,
                NOON.plusNanos(123_456_789),
                Line.Source.CONSOLE,
                Line.Level.WARN,
                "",
                false),
            new Line(
                JOB,
                FIRST,
                7,
                NOON.minusSeconds(5),
                Line.Source.NIMBUS,
                Line.Level.ERROR,
                "é",
                true),
            new Line(
                JOB,
                FIRST,
                8,
                Instant.MAX.minusNanos(1),
                Line.Source.NIMBUS,
                Line.Level.INFO,
                "x",
                true),
            new Line(JOB, FIRST, 9, Instant.MIN, Line.Source.NIMBUS, Line.Level.INFO, "y", true));

    var appended = store.append(ACME, new Batch(lines));

    assertThat(appended).isEqualTo(new Appended(new Position(FIRST, 9), 5, 0, 4));
    assertThat(read(JOB)).isEqualTo(lines);
  }

  @Test
  void anyCharactersSurvive() {
    var long64k = "\u0000€😀\n\r\u001b".repeat(Line.MAX_CHARS / 7);
    var texts = List.of("\u0000", "a\u0000b", "\n", "\uFFFF", "😀", "\uD83D", "x\uDE00y", long64k);

    store.append(ACME, batch(JOB, FIRST, 1, texts));

    assertThat(read(JOB))
        .extracting(Line::text)
        .containsExactly("\u0000", "a\u0000b", "\n", "\uFFFF", "😀", "\uFFFD", "x\uFFFDy", long64k);
  }

  @Test
  void repeatedLinesAreSkipped() {
    store.append(ACME, batch(JOB, FIRST, 1, "a", "b", "c"));

    var repeated = store.append(ACME, batch(JOB, FIRST, 1, "a", "b", "c"));
    var overlapping = store.append(ACME, batch(JOB, FIRST, 2, "b", "c", "d"));

    assertThat(repeated).isEqualTo(new Appended(new Position(FIRST, 3), 0, 3, 0));
    assertThat(overlapping).isEqualTo(new Appended(new Position(FIRST, 4), 1, 2, 0));
    assertThat(texts(JOB)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whatWasJumpedOverIsNotStoredLater() {
    store.append(ACME, batch(JOB, FIRST, 5, "five"));

    var late = store.append(ACME, batch(JOB, FIRST, 1, "one", "two"));

    assertThat(late).isEqualTo(new Appended(new Position(FIRST, 5), 0, 2, 0));
    assertThat(texts(JOB)).containsExactly("five");
  }

  @Test
  void lateLinesOfAnOlderAttemptTakeTheirPlace() {
    store.append(ACME, batch(JOB, FIRST, 1, "old 1"));
    store.append(ACME, batch(JOB, SECOND, 1, "new 1"));

    var zombie = store.append(ACME, batch(JOB, FIRST, 2, "old 2"));
    store.append(ACME, batch(JOB, SECOND, 2, "new 2"));

    assertThat(zombie.last()).isEqualTo(new Position(FIRST, 2));
    assertThat(texts(JOB)).containsExactly("old 1", "old 2", "new 1", "new 2");
    assertThat(store.last(ACME, JOB)).isEqualTo(new Position(SECOND, 2));
  }

  @Test
  void theLastPositionOfAnUnknownJobIsTheStart() {
    assertThat(store.last(ACME, JOB)).isEqualTo(Position.START);
  }

  @Test
  void aTenantSeesOnlyItsOwnLines() {
    store.append(ACME, batch(JOB, FIRST, 1, "acme secret"));
    store.append(RIVAL, batch(JOB, FIRST, 1, "rival one", "rival two"));

    assertThat(texts(JOB)).containsExactly("acme secret");
    assertThat(store.last(ACME, JOB)).isEqualTo(new Position(FIRST, 1));
    assertThat(store.read(RIVAL, everything("secret", 10)).lines()).isEmpty();
    assertThat(store.read(RIVAL, everything("", 10)).lines()).hasSize(2);
    assertThat(store.read(new OrgId("nobody"), everything("", 10)).lines()).isEmpty();
  }

  @Test
  void aJobIsReadPageByPage() {
    store.append(ACME, numbered(JOB, FIRST, 1, 25));
    var pages = new ArrayList<List<Line>>();

    var rest = follow(LogQuery.of(JOB, Position.START, 10), pages);

    assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(rest).isEqualTo(new Found.Rest.Nothing());
    assertThat(pages.stream().flatMap(List::stream).map(Line::sequence))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).boxed().toList());
  }

  @Test
  void readingStartsAfterAPosition() {
    store.append(ACME, batch(JOB, FIRST, 1, "a", "b"));
    store.append(ACME, batch(JOB, SECOND, 1, "c", "d"));

    assertThat(after(new Position(FIRST, 1))).containsExactly("b", "c", "d");
    assertThat(after(new Position(FIRST, 99))).containsExactly("c", "d");
    assertThat(after(new Position(SECOND, 1))).containsExactly("d");
    assertThat(after(new Position(SECOND, 2))).isEmpty();
  }

  @Test
  void aSearchOverEverythingGivesTheNewestJobsFirst() {
    store.append(ACME, batch(JOB, FIRST, 1, "job 1 line 1", "other"));
    store.append(ACME, batch(OTHER, FIRST, 1, "job 2 line 1", "job 2 line 2"));
    store.append(ACME, batch(JOB, FIRST, 3, "job 1 line 3"));

    var lines = store.read(ACME, everything("job", 10)).lines();

    assertThat(lines)
        .extracting(Line::text)
        .containsExactly("job 2 line 1", "job 2 line 2", "job 1 line 1", "job 1 line 3");
  }

  @Test
  void aSearchOverEverythingIsReadPageByPage() {
    for (var job = 1; job <= 5; job++) {
      store.append(ACME, numbered(new JobId("j-" + job), FIRST, 1, 7));
      store.append(RIVAL, numbered(new JobId("j-" + job), FIRST, 1, 7));
    }
    var pages = new ArrayList<List<Line>>();

    follow(everything("line", 4), pages);

    var all = pages.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(35).doesNotHaveDuplicates();
    assertThat(all.stream().map(line -> line.job().value()).distinct())
        .containsExactly("j-5", "j-4", "j-3", "j-2", "j-1");
  }

  @Test
  void aCursorNobodyGaveIsRefused() {
    var query = LogQuery.of(new Scope.Everything("nonsense"), "", 1);

    assertThatThrownBy(() -> store.read(ACME, query))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("nonsense");
  }

  @Test
  void linesAreFoundByTheirText() {
    store.append(
        ACME,
        batch(JOB, FIRST, 1, "Compiling", "error: naïve 😀", "ERROR", "a\u0000b", "er", "ror"));

    assertThat(containing("error")).containsExactly("error: naïve 😀");
    assertThat(containing("ïve 😀")).containsExactly("error: naïve 😀");
    assertThat(containing("a\u0000b")).containsExactly("a\u0000b");
    assertThat(containing("r")).containsExactly("error: naïve 😀", "er", "ror");
    assertThat(containing("rr")).containsExactly("error: naïve 😀");
    assertThat(containing("\uD83D")).isEmpty();
    assertThat(containing("nothing like it")).isEmpty();
  }

  @Test
  void linesAreFoundByLevel() {
    var levels = Line.Level.values();
    store.append(
        ACME,
        new Batch(
            IntStream.range(0, levels.length)
                .mapToObj(i -> line(i + 1L, NOON, levels[i]))
                .toList()));

    for (var level : levels) {
      var query =
          new LogQuery(
              new Scope.OneJob(JOB, Position.START), "", level, Instant.MIN, Instant.MAX, 10);
      assertThat(store.read(ACME, query).lines())
          .extracting(Line::level)
          .containsExactlyElementsOf(EnumSet.range(level, Line.Level.ERROR));
    }
  }

  @Test
  void linesAreFoundByTime() {
    store.append(
        ACME,
        new Batch(
            LongStream.rangeClosed(1, 5)
                .mapToObj(i -> line(i, NOON.plusNanos(i), Line.Level.INFO))
                .toList()));
    var query =
        new LogQuery(
            Scope.Everything.FROM_THE_NEWEST,
            "",
            Line.Level.DEBUG,
            NOON.plusNanos(2),
            NOON.plusNanos(4),
            10);

    assertThat(store.read(ACME, query).lines()).extracting(Line::sequence).containsExactly(2L, 3L);
  }

  @Test
  void linesExpireByWhenTheyWereStored() {
    store.append(ACME, batch(JOB, FIRST, 1, "old", "old too"));
    time.step(Duration.ofDays(2));
    store.append(ACME, batch(OTHER, FIRST, 1, "young"));
    var future = line(1, NOON.plus(Duration.ofDays(9000)), Line.Level.INFO);
    store.append(RIVAL, new Batch(List.of(future)));
    time.step(Duration.ofDays(2));

    assertThat(store.expire(NOON.plus(Duration.ofDays(1)))).isEqualTo(2);
    assertThat(texts(JOB)).isEmpty();
    assertThat(texts(OTHER)).containsExactly("young");
    assertThat(store.last(ACME, JOB)).isEqualTo(Position.START);
    assertThat(store.stats().jobs()).isEqualTo(2);
    assertThat(store.expire(time.instant())).isEqualTo(2);
    assertThat(store.stats().lines()).isZero();
  }

  @Test
  void anAttemptThatGoesOnRemembersWhatExpired() {
    store.append(ACME, batch(JOB, FIRST, 1, "a", "b"));
    time.step(Duration.ofDays(2));
    store.append(ACME, batch(JOB, FIRST, 3, "c"));
    store.expire(NOON.plus(Duration.ofDays(1)));

    var repeated = store.append(ACME, batch(JOB, FIRST, 1, "a", "b", "c"));

    assertThat(repeated).isEqualTo(new Appended(new Position(FIRST, 3), 0, 3, 0));
    assertThat(texts(JOB)).containsExactly("c");
  }

  @Test
  void itKnowsHowMuchItHolds() {
    assertThat(store.stats().jobs()).isZero();
    assertThat(store.stats().lines()).isZero();

    store.append(ACME, batch(JOB, FIRST, 1, "a", "b"));
    store.append(ACME, batch(JOB, SECOND, 1, "c"));
    store.append(RIVAL, batch(JOB, FIRST, 1, "d"));

    assertThat(store.stats().jobs()).isEqualTo(2);
    assertThat(store.stats().lines()).isEqualTo(4);
    assertThat(store.stats().bytes()).isPositive();
  }

  @Test
  void concurrentShippersOfOneAttemptStoreEachLineOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shippers = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < 8; i++) {
        shippers.add(() -> shipInSteps(13));
      }
      var stored = 0;
      for (var shipper : threads.invokeAll(shippers)) {
        stored += shipper.get();
      }
      assertThat(stored).isEqualTo(200);
    }
    assertThat(read(JOB))
        .extracting(Line::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
  }

  private int shipInSteps(int step) {
    var stored = 0;
    for (var from = 1; from <= 200; from += step) {
      stored += store.append(ACME, numbered(JOB, FIRST, from, Math.min(200, from + step))).stored();
    }
    return stored;
  }

  protected Found.Rest follow(LogQuery query, List<List<Line>> pages) {
    var found = store.read(ACME, query);
    pages.add(found.lines());
    return switch (found.rest()) {
      case Found.Rest.Nothing nothing -> nothing;
      case Found.Rest.More(var scope, _) -> follow(query.in(scope), pages);
    };
  }

  protected List<Line> read(JobId job) {
    return store.read(ACME, LogQuery.of(job, Position.START, LogQuery.MAX_LIMIT)).lines();
  }

  protected List<String> texts(JobId job) {
    return read(job).stream().map(Line::text).toList();
  }

  private List<String> after(Position position) {
    return store.read(ACME, LogQuery.of(JOB, position, 100)).lines().stream()
        .map(Line::text)
        .toList();
  }

  private List<String> containing(String text) {
    return store.read(ACME, everything(text, 100)).lines().stream().map(Line::text).toList();
  }

  protected static LogQuery everything(String contains, int limit) {
    return LogQuery.of(Scope.Everything.FROM_THE_NEWEST, contains, limit);
  }

  protected static Batch batch(JobId job, Fence attempt, long from, String... texts) {
    return batch(job, attempt, from, List.of(texts));
  }

  protected static Batch batch(JobId job, Fence attempt, long from, List<String> texts) {
    return new Batch(
        IntStream.range(0, texts.size())
            .mapToObj(i -> line(job, attempt, from + i, texts.get(i)))
            .toList());
  }

  /** Lines {@code from} to {@code to}, both included, that say their number. */
  protected static Batch numbered(JobId job, Fence attempt, long from, long to) {
    return new Batch(
        LongStream.rangeClosed(from, to)
            .mapToObj(i -> line(job, attempt, i, "this is line " + i))
            .toList());
  }

  protected static Line line(JobId job, Fence attempt, long sequence, String text) {
    return new Line(job, attempt, sequence, NOON, Line.Source.CONSOLE, Line.Level.INFO, text, true);
  }

  private static Line line(long sequence, Instant at, Line.Level level) {
    return new Line(JOB, FIRST, sequence, at, Line.Source.CONSOLE, level, "text", true);
  }
}
