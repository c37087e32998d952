package dev.nimbus.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class LabelsPropertyTest {
  @Property
  void labelsAreEqualHoweverTheyAreWritten(
      @ForAll("labelSets") Set<String> labels, @ForAll Random random) {
    var written = new ArrayList<String>();
    for (var label : labels) {
      written.add(rewritten(label, random));
    }
    Collections.shuffle(written, random);

    assertThat(Labels.of(written)).isEqualTo(Labels.of(labels));
  }

  @Property
  void aHostSufficesIfAndOnlyIfItHasEveryLabelWanted(
      @ForAll("labelSets") Set<String> offered, @ForAll("labelSets") Set<String> wanted) {
    var every =
        wanted.stream().allMatch(label -> offered.stream().anyMatch(label::equalsIgnoreCase));

    assertThat(Labels.of(offered).containsAll(Labels.of(wanted))).isEqualTo(every);
  }

  @Property
  void whatIsPrintedIsReadAsTheSameLabels(@ForAll("labelSets") Set<String> labels) {
    var read = Labels.of(labels);
    var printed = read.toString();

    assertThat(printed.isEmpty() ? Labels.NONE : Labels.of(List.of(printed.split(",", -1))))
        .isEqualTo(read);
  }

  @Property
  void onlyVisibleAsciiIsEverALabel(@ForAll("texts") String text) {
    try {
      Labels.of(List.of(text));
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(text.strip().chars()).allMatch(c -> c > ' ' && c < 0x7f);
  }

  @Provide
  Arbitrary<Set<String>> labelSets() {
    // Few letters, so that sets meet; both cases, so that case matters.
    return Arbitraries.strings()
        .withChars("abAB-:")
        .ofMinLength(1)
        .ofMaxLength(2)
        .set()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> texts() {
    // Letters whose lower case is ASCII or longer, spaces that are not ASCII, and the rest.
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .withChars("abK\u212A\u0130\u017F \u00A0\u2003\t,\"\u007F")
            .ofMaxLength(4),
        Arbitraries.strings().ofMaxLength(4));
  }

  private static String rewritten(String label, Random random) {
    var cased = random.nextBoolean() ? label.toUpperCase(Locale.ROOT) : label;
    return random.nextBoolean() ? " " + cased + "\t" : cased;
  }
}
