package dev.nimbus.adapters.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.log.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ChunkTest {
  private final Zip zip = new Zip(1);
  private final Packer packer = new Packer(64 * 1024, zip);

  @Test
  void everyKindOfLineComesBackFromAChunk() {
    var random = new SplittableRandom(42);
    for (var round = 0; round < 200; round++) {
      var lines = lines(random);
      assertThat(unpacked(packer.pack(lines))).isEqualTo(lines);
    }
  }

  @Test
  void chunksAreEvenAndOfTheUsualSize() {
    var lines = new ArrayList<Line>();
    for (var i = 1; i <= 10_000; i++) {
      lines.add(Logs.line(Logs.JOB, Logs.FIRST, i, "x".repeat(100)));
    }

    var chunks = packer.pack(lines);

    assertThat(chunks)
        .hasSize(15)
        .allSatisfy(chunk -> assertThat(chunk.rawBytes).isBetween(60_000, 80_000));
    assertThat(unpacked(chunks)).isEqualTo(lines);
  }

  @Test
  void aSummaryNeverDeniesWhatIsThere() {
    var random = new SplittableRandom(7);
    var text = new StringBuilder();
    for (var i = 0; i < 70_000; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    var summary = Trigrams.of(bytes, 0);

    for (var i = 0; i < 1000; i++) {
      var from = random.nextInt(text.length() - 10);
      var part = text.substring(from, from + random.nextInt(10));
      assertThat(Trigrams.mayHave(summary, Trigrams.wanted(part))).isTrue();
    }
  }

  @Test
  void aSummaryOfOrdinaryTextIsSmallAndDeniesWhatIsNotThere() {
    var bytes =
        "Downloading module 17 of 42 from the mirror\n"
            .repeat(1500)
            .getBytes(StandardCharsets.UTF_8);

    var summary = Trigrams.of(bytes, 0);

    assertThat(summary.length).isLessThan(256);
    assertThat(Trigrams.mayHave(summary, Trigrams.wanted("OutOfMemoryError"))).isFalse();
  }

  private static List<Line> lines(SplittableRandom random) {
    var lines = new ArrayList<Line>();
    var sequence = random.nextLong(1, 1L << 40);
    for (var i = random.nextInt(1, 50); i > 0; i--) {
      lines.add(
          new Line(
              Logs.JOB,
              Logs.FIRST,
              sequence,
              at(random),
              random.nextBoolean() ? Line.Source.CONSOLE : Line.Source.NIMBUS,
              Codes.level(random.nextInt(4)),
              text(random),
              random.nextBoolean()));
      sequence += random.nextLong(1, 1L << random.nextInt(1, 40));
    }
    return lines;
  }

  private static Instant at(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> Instant.MIN;
      case 1 -> Instant.MAX;
      case 2 -> Instant.ofEpochMilli(random.nextLong(1L << 41));
      case 3 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L);
      default -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    };
  }

  private static String text(SplittableRandom random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(40); i > 0; i--) {
      text.appendCodePoint(random.nextInt(8) == 0 ? random.nextInt(0x110000) : random.nextInt(128));
    }
    return text.toString();
  }

  private List<Line> unpacked(List<Packed> chunks) {
    return chunks.stream()
        .map(chunk -> zip.decompress(chunk.body, chunk.rawBytes))
        .flatMap(raw -> new Unpacked(Logs.JOB, Logs.FIRST, raw).lines().stream())
        .toList();
  }
}
