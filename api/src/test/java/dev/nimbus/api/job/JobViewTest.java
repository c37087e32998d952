package dev.nimbus.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.job.JobState;
import dev.nimbus.json.Meaning;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JobViewTest {
  @Test
  void aJobIsToldInTheWordsOfItsStates() {
    var state =
        Stream.of(JobView.class.getRecordComponents())
            .filter(component -> component.getName().equals("state"))
            .findFirst()
            .orElseThrow();

    assertThat(state.getAnnotation(Meaning.class).words())
        .containsExactlyElementsOf(JobState.WORDS);
  }
}
