package dev.nimbus.hostagent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.log.LogLine;
import dev.nimbus.hostagent.ship.FakeSink.Fault;
import dev.nimbus.service.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShipmentTest {
  private static final String SECRET = "eyJhbGciOiJFZERTQSJ9.c2VjcmV0";
  private static final Ending FINE = new Ending("exit=0", "");

  @TempDir Path folder;

  private final FakePace pace = new FakePace();
  private final FakeConsole console = new FakeConsole();
  private final AtomicLong shipped = new AtomicLong();
  private final CountDownLatch done = new CountDownLatch(1);
  private final List<Shipment> shipments = new ArrayList<>();

  @AfterEach
  void close() {
    shipments.forEach(Shipment::close);
  }

  @Test
  void aLogHasAFirstLineItsConsoleAndALastLine() throws Exception {
    var sink = new FakeSink();
    start(sink);

    console.print("one\ntwo\n").end();
    shipments.getFirst().end(new Ending("exit=3", ""));
    sink.await(FakeSink::complete);

    assertThat(sink.texts())
        .containsExactly("nimbus: begins", "one", "two", "nimbus: ended exit=3 lines=2");
    assertThat(sink.stored())
        .extracting(LogLine::source)
        .containsExactly("nimbus", "console", "console", "nimbus");
    assertThat(sink.stored()).extracting(LogLine::sequence).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aSecretHandedToTheJobIsNotInItsLogThoughItWasPrintedInPieces() throws Exception {
    var sink = new FakeSink();
    start(sink);
    console.print("token=" + SECRET.substring(0, 9));
    sink.await(s -> s.texts().contains("token="), pace);
    console.print(SECRET.substring(9) + " is it\n").end();
    shipments.getFirst().end(FINE);
    sink.await(FakeSink::complete, pace);

    assertThat(sink.texts())
        .containsExactly("nimbus: begins", "token=", "*** is it", "nimbus: ended exit=0 lines=1");
  }

  @Test
  void theLastLineSaysWhy() throws Exception {
    var sink = new FakeSink();
    start(sink);

    console.end();
    shipments.getFirst().end(new Ending("exit=124", "Ran longer than 2 s, 100%"));
    sink.await(FakeSink::complete);

    assertThat(sink.texts().getLast())
        .isEqualTo("nimbus: ended exit=124 lines=0: Ran longer than 2 s, 100%");
  }

  @Test
  void everythingOfAShortJobGoesInOneBatchWithoutWaiting() throws Exception {
    var sink = new FakeSink();
    console.print("hello\n").end();
    start(sink).end(FINE);
    sink.await(FakeSink::complete);

    assertThat(sink.batches()).containsExactly(3);
    assertThat(pace.now()).isZero();
  }

  @Test
  void theFirstLineOfAQuietStreamGoesOutAtOnce() throws Exception {
    var sink = new FakeSink();
    start(sink);
    pace.advance(Outbox.GATHER);
    sink.await(s -> s.texts().size() == 1);

    pace.advance(Outbox.GATHER);
    console.print("now\n");

    sink.await(s -> s.texts().contains("now"));
  }

  @Test
  void linesThatFollowSoonAreGathered() throws Exception {
    var sink = new FakeSink();
    start(sink);
    pace.advance(Outbox.GATHER);
    sink.await(s -> s.calls() == 1);
    console.print("a\n");
    console.print("b\n");
    console.print("c\n");

    sink.await(s -> s.texts().contains("c"), pace);

    assertThat(sink.calls()).isLessThanOrEqualTo(4);
  }

  @Test
  void aPromptAppearsAfterAMoment() throws Exception {
    var sink = new FakeSink();
    start(sink);
    console.print("Password: ");
    sink.await(s -> s.texts().contains("Password: "), pace);
    assertThat(sink.stored().getLast().complete()).isFalse();

    console.print("secret\n").end();
    shipments.getFirst().end(FINE);
    sink.await(FakeSink::complete);

    assertThat(sink.texts())
        .containsExactly("nimbus: begins", "Password: ", "secret", "nimbus: ended exit=0 lines=1");
  }

  @Test
  void levelsAreGuessedFromTheText() throws Exception {
    var sink = new FakeSink();
    console.print("fine\nerror: no\nWARN hm\n").end();
    start(sink).end(FINE);
    sink.await(FakeSink::complete);

    assertThat(sink.stored())
        .extracting(LogLine::level)
        .containsExactly("info", "info", "error", "warn", "info");
  }

  @Test
  void aLineOfFiveMegabytesArrivesInParts() throws Exception {
    var sink = new FakeSink();
    var line = "0123456789".repeat(512 * 1024);
    console.print(line).end();
    start(sink).end(FINE);
    sink.await(FakeSink::complete);

    assertThat(console(sink)).isEqualTo(line + "\n");
  }

  @Test
  void binaryOutputArrivesAsReplacedText() throws Exception {
    var sink = new FakeSink();
    var bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    console.print(bytes).end();
    start(sink).end(FINE);
    sink.await(FakeSink::complete);

    assertThat(sink.stored()).allMatch(line -> line.text().length() <= 65_536);
    assertThat(console(sink)).contains("\ufffd");
  }

  @Test
  void aNoisyJobIsShippedInFullBatches() throws Exception {
    var sink = new FakeSink();
    var text = new StringBuilder();
    for (var i = 0; i < 50_000; i++) {
      text.append("line ").append(i).append('\n');
    }
    console.print(text.toString()).end();
    start(sink).end(FINE);
    sink.await(FakeSink::complete);

    assertThat(console(sink)).isEqualTo(text.toString());
    assertThat(sink.calls()).isLessThan(80);
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(shipped.get()).isEqualTo(50_002);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultOfThePipelineIsOutlived(Fault fault) throws Exception {
    var sink = new FakeSink(call -> call % 3 == 2 ? Fault.NONE : fault);
    start(sink);
    for (var i = 0; i < 20; i++) {
      console.print("line " + i + "\n");
    }
    console.end();
    shipments.getFirst().end(FINE);

    sink.await(FakeSink::complete, pace);

    assertThat(sink.texts()).hasSize(22).doesNotHaveDuplicates();
  }

  @Test
  void waitingForTheLogEndsWhenThePipelineIsAway() throws Exception {
    var sink = new FakeSink(_ -> Fault.REFUSED);
    var shipment = start(sink);
    console.print("x\n").end();
    shipment.end(FINE);

    shipment.drain(Duration.ofDays(1));

    assertThat(shipment.done()).isFalse();
    assertThat(shipment.backlogBytes()).isEqualTo(2);
  }

  @Test
  void waitingForTheLogEndsWhenItIsComplete() throws Exception {
    var sink = new FakeSink();
    console.print("x\n").end();
    var shipment = start(sink);
    shipment.end(FINE);

    shipment.drain(Duration.ofDays(1));

    assertThat(shipment.done()).isTrue();
    assertThat(sink.complete()).isTrue();
  }

  @Test
  void aLogNobodyWantsIsDropped() throws Exception {
    console.print("x\n");
    var shipment = start(_ -> new LogSink.Receipt.Unwanted("not yours"));
    pace.advance(Outbox.GATHER);

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(shipment.done()).isTrue();
  }

  @Test
  void whatThePipelineDoesNotTakeStaysInTheConsoleAndNotInMemory() throws Exception {
    var sink = new FakeSink(_ -> Fault.REFUSED);
    start(sink);
    var printed = "some text that is long enough\n".repeat(200_000);
    console.print(printed).end();
    pace.advance(Duration.ofSeconds(1));
    sink.await(s -> s.calls() > 0);
    sink.faults(_ -> Fault.NONE);
    shipments.getFirst().end(FINE);

    sink.await(FakeSink::complete, pace);

    assertThat(console(sink)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void anAgentThatDiesAtAnyPointNeitherLosesNorDoublesALine(int point) throws Exception {
    for (var fault : List.of(Fault.REFUSED, Fault.ANSWER_LOST, Fault.HALF_STORED)) {
      var where = Files.createDirectory(folder.resolve(fault.name()));
      var output = new FakeConsole();
      var sink = new FakeSink();
      var printed = manyLives(where, output, sink, fault, point);
      sink.faults(_ -> Fault.NONE);
      output.end();
      start(where, output, sink).end(FINE);
      sink.await(FakeSink::complete, pace);

      assertThat(console(sink)).isEqualTo(printed.endsWith("\n") ? printed : printed + "\n");
    }
  }

  /** Lives that end at the given call to the pipeline, or when all is shipped. */
  private String manyLives(Path where, FakeConsole output, FakeSink sink, Fault fault, int point)
      throws Exception {
    var random = new Random(point);
    var printed = new StringBuilder();
    for (var life = 0; life < 6; life++) {
      var deadly = sink.calls() + random.nextInt(point + 1);
      sink.faults(call -> call >= deadly ? fault : Fault.NONE);
      var shipment = start(where, output, sink);
      for (var i = 0; i < 4; i++) {
        var piece = random.nextBoolean() ? "word" : "line\n";
        printed.append(piece);
        output.print(piece);
        pace.advance(Duration.ofMillis(60));
      }
      sink.await(s -> s.calls() > deadly || printed.toString().equals(raw(s)), pace);
      shipment.close();
    }
    return printed.toString();
  }

  private static String raw(FakeSink sink) {
    var console = console(sink);
    var last = sink.stored().isEmpty() || sink.stored().getLast().complete();
    return last || console.isEmpty() ? console : console.replaceFirst("\n$", "");
  }

  private static String console(FakeSink sink) {
    var text = new StringBuilder();
    for (var line : sink.stored()) {
      if (line.source().equals("console")) {
        text.append(line.text()).append(line.complete() ? "\n" : "");
      }
    }
    return text.toString();
  }

  private Shipment start(LogSink sink) throws IOException {
    return start(folder, console, sink);
  }

  private Shipment start(Path where, Console from, LogSink sink) throws IOException {
    var mask = Mask.of(List.of(new Secret(SECRET)));
    var parcel = new Parcel("j-1.1", where, from, sink, mask, "nimbus: begins", done::countDown);
    var shipment = Shipment.start(parcel, new Shipping(pace, pace, shipped::addAndGet));
    shipments.add(shipment);
    return shipment;
  }
}
