package dev.nimbus.hostagent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CutterTest {
  @Test
  void aLineEndsAtALineFeed() {
    assertThat(texts(cut("one\ntwo\n\nthree"))).containsExactly("one", "two", "", "three");
  }

  @Test
  void aCarriageReturnBeforeTheLineFeedIsDropped() {
    assertThat(texts(cut("one\r\ntwo\rthree\r\r\n"))).containsExactly("one", "two\rthree\r");
  }

  @Test
  void theLastLineNeedsNoLineFeed() {
    assertThat(cut("end")).containsExactly(new Cut("end", true, 3));
  }

  @Test
  void aLongLineIsCutIntoParts() {
    var cuts = cut("x".repeat(5 * 1024 * 1024) + "\nnext\n");

    assertThat(cuts).hasSize(81);
    assertThat(cuts.subList(0, 79))
        .allMatch(cut -> !cut.complete() && cut.text().length() == 65536);
    assertThat(cuts.get(79).complete()).isTrue();
    assertThat(cuts.getLast().text()).isEqualTo("next");
  }

  @Test
  void aLineOfExactlyTheLimitIsOneLine() {
    assertThat(cut("x".repeat(65536) + "\n")).hasSize(1);
    assertThat(cut("x".repeat(65536) + "\r\n")).hasSize(2);
  }

  @Test
  void aLongLineIsNeverCutWithinACharacter() {
    var cuts = cut("x" + "🙂".repeat(20_000));

    assertThat(texts(cuts)).noneMatch(text -> text.contains("\ufffd"));
    assertThat(String.join("", texts(cuts))).isEqualTo("x" + "🙂".repeat(20_000));
  }

  @Test
  void whatIsNotUtf8IsReplaced() {
    var bytes = new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82, '\n'};

    assertThat(texts(cut(bytes, bytes.length, List.of()))).containsExactly("a\ufffdb\ufffd");
  }

  @Test
  void anUnfinishedLineCanBeShownAndGoesOn() {
    var cutter = new Cutter(0, false, List.of(), Mask.NONE);
    feed(cutter, "Password: ");

    assertThat(cutter.idle()).contains(new Cut("Password: ", false, 10));
    assertThat(feed(cutter, "\n")).containsExactly(new Cut("", true, 11));
  }

  @Test
  void anUnfinishedLineThatWasShownIsFinishedByTheEnd() {
    var cutter = new Cutter(0, false, List.of(), Mask.NONE);
    feed(cutter, "$ ");
    var shown = cutter.idle();

    assertThat(shown).isPresent();
    assertThat(cutter.end()).contains(new Cut("", true, 2));
  }

  @Test
  void showingDoesNotTearACharacterOrALineBreak() {
    var cutter = new Cutter(0, false, List.of(), Mask.NONE);
    feed(cutter, new byte[] {'a', (byte) 0xe2, (byte) 0x82});
    assertThat(cutter.idle()).contains(new Cut("a", false, 1));
    assertThat(cutter.idle()).isEmpty();

    var other = new Cutter(0, false, List.of(), Mask.NONE);
    feed(other, "10%\r");
    assertThat(other.idle()).contains(new Cut("10%", false, 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void cutsDoNotDependOnHowTheBytesArrive(long seed) {
    var random = new Random(seed);
    var bytes = anything(random);
    var whole = cut(bytes, bytes.length, List.of());

    assertThat(cut(bytes, 1, List.of())).isEqualTo(whole);
    assertThat(cut(bytes, 1 + random.nextInt(5_000), List.of())).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aReadingThatShowedUnfinishedLinesCanBeRepeatedFromAnyOfItsCuts(long seed) {
    var random = new Random(seed);
    var bytes = anything(random);
    var shown = new ArrayList<Long>();
    var first = cutShowing(bytes, random, shown);

    assertThat(cut(bytes, 1 + random.nextInt(9_000), shown)).isEqualTo(first);
    for (var i = 0; i < first.size(); i += 1 + random.nextInt(20)) {
      var from = first.get(i);
      var rest = slice(bytes, (int) from.endOffset());
      var cutter = new Cutter(from.endOffset(), !from.complete(), shown, Mask.NONE);
      assertThat(all(cutter, rest, 777)).isEqualTo(first.subList(i + 1, first.size()));
    }
  }

  private static List<Cut> cutShowing(byte[] bytes, Random random, List<Long> shown) {
    var cutter = new Cutter(0, false, List.of(), Mask.NONE);
    var cuts = new ArrayList<Cut>();
    for (var at = 0; at < bytes.length; ) {
      var count = Math.min(1 + random.nextInt(400), bytes.length - at);
      cuts.addAll(feed(cutter, Arrays.copyOfRange(bytes, at, at + count)));
      at += count;
      if (random.nextInt(3) == 0) {
        cutter
            .idle()
            .ifPresent(
                cut -> {
                  shown.add(cut.endOffset());
                  cuts.add(cut);
                });
      }
    }
    cutter.end().ifPresent(cuts::add);
    return cuts;
  }

  /** Text, line breaks of all kinds, torn characters and very long lines. */
  private static byte[] anything(Random random) {
    var out = new ByteArrayOutputStream();
    for (var i = 0; i < 300; i++) {
      switch (random.nextInt(8)) {
        case 0 -> out.write('\r');
        case 1 -> out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        case 2 -> out.writeBytes("äöü🙂".getBytes(StandardCharsets.UTF_8));
        case 3 -> out.write(random.nextInt(256));
        case 4 ->
            out.writeBytes("y".repeat(random.nextInt(60_000)).getBytes(StandardCharsets.UTF_8));
        default -> out.writeBytes("some words\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static byte[] slice(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static List<Cut> cut(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return cut(bytes, 4_096, List.of());
  }

  private static List<Cut> cut(byte[] bytes, int chunk, List<Long> known) {
    return all(new Cutter(0, false, known, Mask.NONE), bytes, chunk);
  }

  private static List<Cut> all(Cutter cutter, byte[] bytes, int chunk) {
    var cuts = new ArrayList<Cut>();
    for (var at = 0; at < bytes.length; at += chunk) {
      cuts.addAll(feed(cutter, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk))));
    }
    cutter.end().ifPresent(cuts::add);
    return cuts;
  }

  private static List<Cut> feed(Cutter cutter, String text) {
    return feed(cutter, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Cut> feed(Cutter cutter, byte[] bytes) {
    return cutter.feed(bytes, bytes.length);
  }

  private static List<String> texts(List<Cut> cuts) {
    return cuts.stream().map(Cut::text).toList();
  }
}
