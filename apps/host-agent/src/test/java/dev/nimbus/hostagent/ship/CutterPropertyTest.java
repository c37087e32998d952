package dev.nimbus.hostagent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.service.config.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class CutterPropertyTest {
  private static final String SECRET = "s3cs3cs3cret-s3c";

  @Property
  void everyByteIsInExactlyOneCut(@ForAll("consoles") byte[] console, @ForAll Random arrival) {
    var at = 0L;
    for (var cut : cuts(console, arrival)) {
      assertThat(cut.endOffset()).isGreaterThanOrEqualTo(at);
      at = cut.endOffset();
    }

    assertThat(at).isEqualTo(console.length);
  }

  @Property
  void partsAddUpToTheLinesOfTheConsole(
      @ForAll("consoles") byte[] console, @ForAll Random arrival) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var cut : cuts(console, arrival)) {
      line.append(cut.text());
      if (cut.complete()) {
        lines.add(line.toString());
        line.setLength(0);
      }
    }

    assertThat(line).isEmpty();
    assertThat(lines).isEqualTo(lines(console));
  }

  @Property
  void noPartIsLongerThanALineMayBe(@ForAll("consoles") byte[] console, @ForAll Random arrival) {
    assertThat(cuts(console, arrival))
        .allMatch(cut -> cut.text().length() <= Cutter.MAX_BYTES)
        .allMatch(cut -> cut.text().indexOf('\n') < 0);
  }

  @Property
  void aSecretIsShownInNoLineHoweverItArrives(
      @ForAll("consolesWithSecrets") byte[] console, @ForAll Random arrival) {
    var mask = Mask.of(List.of(new Secret(SECRET)));
    var line = new StringBuilder();
    for (var cut : cuts(console, arrival, mask)) {
      line.append(mask.over(cut.text())).append(cut.complete() ? "\n" : "");
    }

    assertThat(line.toString()).doesNotContain(SECRET);
  }

  /** Text, line breaks of all kinds, torn characters, and lines about as long as one may be. */
  @Provide
  Arbitrary<byte[]> consoles() {
    var shorts = Arbitraries.of("a", "\n", "\r", "\r\n", "ü", "€", "🙂", "some words\n");
    var longs =
        Arbitraries.integers()
            .between(Cutter.MAX_BYTES - 4, Cutter.MAX_BYTES + 4)
            .map(length -> "y".repeat(length));
    var pieces =
        Arbitraries.frequencyOf(
            Tuple.of(60, shorts.map(CutterPropertyTest::bytes)),
            Tuple.of(10, Arbitraries.bytes().map(b -> new byte[] {b})),
            Tuple.of(1, longs.map(CutterPropertyTest::bytes)));
    return pieces.list().ofMaxSize(30).map(CutterPropertyTest::joined);
  }

  /** A secret, some of its beginnings and ends, and what stands around them. */
  @Provide
  Arbitrary<byte[]> consolesWithSecrets() {
    var parts = Arbitraries.integers().between(1, SECRET.length());
    var pieces =
        Arbitraries.oneOf(
            Arbitraries.just(SECRET),
            parts.map(SECRET::substring),
            parts.map(length -> SECRET.substring(0, length)),
            Arbitraries.of("ss", "s3", "\n", "\r\n", "ü", "y".repeat(Cutter.MAX_BYTES - 9)));
    return pieces
        .map(CutterPropertyTest::bytes)
        .list()
        .ofMaxSize(12)
        .map(CutterPropertyTest::joined);
  }

  /** Feeds the console in chunks of any size and shows unfinished lines now and then. */
  private static List<Cut> cuts(byte[] console, Random arrival) {
    return cuts(console, arrival, Mask.NONE);
  }

  private static List<Cut> cuts(byte[] console, Random arrival, Mask mask) {
    var cutter = new Cutter(0, false, List.of(), mask);
    var cuts = new ArrayList<Cut>();
    for (var at = 0; at < console.length; ) {
      var most = arrival.nextBoolean() ? 4 : 100_000;
      var count = Math.min(1 + arrival.nextInt(most), console.length - at);
      cuts.addAll(cutter.feed(Arrays.copyOfRange(console, at, at + count), count));
      at += count;
      if (arrival.nextInt(4) == 0) {
        cutter.idle().ifPresent(cuts::add);
      }
    }
    cutter.end().ifPresent(cuts::add);
    return cuts;
  }

  /** The same said in the simplest way: split at line feeds, then decode. */
  private static List<String> lines(byte[] console) {
    var lines = new ArrayList<String>();
    var from = 0;
    for (var at = 0; at < console.length; at++) {
      if (console[at] == '\n') {
        var end = at > from && console[at - 1] == '\r' ? at - 1 : at;
        lines.add(text(console, from, end));
        from = at + 1;
      }
    }
    if (from < console.length) {
      lines.add(text(console, from, console.length));
    }
    return lines;
  }

  private static String text(byte[] console, int from, int end) {
    return new String(console, from, end - from, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(List<byte[]> pieces) {
    var out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
