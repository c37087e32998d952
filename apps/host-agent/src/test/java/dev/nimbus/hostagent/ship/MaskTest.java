package dev.nimbus.hostagent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.service.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskTest {
  private static final String SECRET = "eyJhbGciOiJFZERTQSJ9.c2VjcmV0.signature-of-it";
  private static final Mask MASK = Mask.of(List.of(new Secret(SECRET)));

  @Test
  void aSecretIsReplacedWhereverItStands() {
    assertThat(MASK.over("TOKEN=" + SECRET + ", again " + SECRET))
        .isEqualTo("TOKEN=***, again ***");
    assertThat(MASK.over("nothing of it")).isEqualTo("nothing of it");
    assertThat(Mask.NONE.over(SECRET)).isEqualTo(SECRET);
  }

  @Test
  void aSecretThatBreaksOffAtTheEndIsReplacedToo() {
    assertThat(MASK.over("x" + SECRET.substring(0, SECRET.length() - 1))).isEqualTo("x***");
    assertThat(MASK.over("eyJ")).isEqualTo("eyJ");
  }

  @Test
  void oneSecretInsideAnotherHidesNothingOfTheLonger() {
    var mask = Mask.of(List.of(new Secret("signature"), Secret.NONE, new Secret(SECRET)));

    assertThat(mask.over(SECRET + " signature")).isEqualTo("*** ***");
  }

  /** Whatever the chunks and the pauses, which cut lines where they happen to be. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void noSecretGetsThroughHoweverItArrives(long seed) {
    var random = new Random(seed);
    var printed = printed(random);
    var cuts = new ArrayList<Cut>();
    var shown = new ArrayList<Long>();
    var cutter = new Cutter(0, false, List.of(), MASK);
    for (var at = 0; at < printed.length; ) {
      var to = Math.min(printed.length, at + 1 + random.nextInt(30));
      cuts.addAll(cutter.feed(Arrays.copyOfRange(printed, at, to), to - at));
      at = to;
      if (random.nextBoolean()) {
        cutter.idle().ifPresent(cuts::add);
        shown.add(cuts.isEmpty() ? 0 : cuts.getLast().endOffset());
      }
    }
    cutter.end().ifPresent(cuts::add);

    assertThat(log(cuts))
        .isEqualTo(new String(printed, StandardCharsets.UTF_8).replace(SECRET, "***"));
    var again = new Cutter(0, false, shown, MASK);
    var second = new ArrayList<>(again.feed(printed, printed.length));
    again.end().ifPresent(second::add);
    assertThat(second).isEqualTo(cuts);
  }

  @Test
  void aVeryLongLineIsNotCutWithinASecret() {
    var line = "x".repeat(Cutter.MAX_BYTES - 10) + SECRET + "y".repeat(Cutter.MAX_BYTES);
    var cutter = new Cutter(0, false, List.of(), MASK);
    var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);

    assertThat(log(cutter.feed(bytes, bytes.length))).isEqualTo(line.replace(SECRET, "***") + "\n");
  }

  private static String log(List<Cut> cuts) {
    return cuts.stream()
        .map(cut -> MASK.over(cut.text()) + (cut.complete() ? "\n" : ""))
        .collect(Collectors.joining());
  }

  private static byte[] printed(Random random) {
    var text = new StringBuilder();
    for (var i = 0; i < 60; i++) {
      switch (random.nextInt(5)) {
        case 0 -> text.append(SECRET);
        case 1 -> text.append(SECRET, 0, random.nextInt(11)).append('?');
        case 2 -> text.append("ä🙂e");
        case 3 -> text.append("\n");
        default -> text.append("words ");
      }
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }
}
