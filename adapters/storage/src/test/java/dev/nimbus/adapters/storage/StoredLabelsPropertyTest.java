package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.job.Labels;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class StoredLabelsPropertyTest {
  @Property
  void labelsAreReadAsTheyWereStored(@ForAll("labels") Labels labels) {
    assertThat(StoredLabels.read(StoredLabels.text(labels))).isEqualTo(labels);
  }

  @Property
  void aLabelIsFoundIfAndOnlyIfItIsOneOfThem(
      @ForAll("labels") Labels labels, @ForAll("words") String word) {
    var found = StoredLabels.text(labels).contains(StoredLabels.part(word));

    assertThat(found).isEqualTo(labels.values().contains(word));
  }

  @Provide
  Arbitrary<Labels> labels() {
    return words().set().ofMaxSize(5).map((Set<String> words) -> Labels.of(words));
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("ab%_':").ofMinLength(1).ofMaxLength(3);
  }
}
