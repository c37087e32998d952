package dev.nimbus.controlplane.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeatFilesTest {
  @TempDir Path folder;

  @Test
  void theSessionOpenedLastIsKnownToALaterLife() {
    try (var github = FakeGitHub.start(InstantSource.system())) {
      var place = new Place(github.connection(), "../nimbus large", "we");
      var other = new Place(github.connection(), "nimbus", "we");
      var seats = new SeatFiles(folder.resolve("queues"));
      assertThat(seats.last(place)).isEmpty();

      seats.opened(place, "session-1");
      seats.opened(place, "session-2");

      var later = new SeatFiles(folder.resolve("queues"));
      assertThat(later.last(place)).isEqualTo("session-2");
      assertThat(later.last(other)).isEmpty();
    }
  }
}
