package dev.nimbus.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class AskedLabelsPropertyTest {
  @Property
  void anyLabelsAreReadOrInvalid(@ForAll("labels") List<String> labels) {
    try {
      var asked = AskedLabels.read(labels);
      asked.milliCpus().ifPresent(cpus -> assertThat(cpus).isBetween(1, 1_024_000));
      asked.memoryBytes().ifPresent(bytes -> assertThat(bytes).isPositive());
    } catch (NimbusException e) {
      assertThat(e.kind()).isEqualTo(Kind.INVALID);
    }
  }

  @Property
  void whatIsMetadataIsNeverRequired(@ForAll("entries") String entry) {
    var asked = AskedLabels.read(List.of("param:" + entry, "META:" + entry));

    assertThat(asked.required()).isEmpty();
    assertThat(asked.metadata()).hasSize(1);
  }

  @Provide
  Arbitrary<List<String>> labels() {
    var words =
        Arbitraries.of(
            "nimbus", "docker", "image:", "cpus:", "memory:", "param:", "meta:", "cpu-high", ":");
    // Among them a letter that gets longer in lower case.
    var anything = Arbitraries.strings().withChars("aE09.:=+-\u0130NnfdxG ").ofMaxLength(6);
    return Combinators.combine(anything.injectDuplicates(0.1), words, anything)
        .as((before, word, after) -> (before.length() == 1 ? before : "") + word + after)
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> entries() {
    return Arbitraries.strings().withChars("ab=: ").ofMaxLength(6);
  }
}
