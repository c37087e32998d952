package dev.nimbus.controlplane.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
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

  @Test
  void sessionsAreKeptAsLongAsTheirConnection() throws IOException {
    try (var github = FakeGitHub.start(InstantSource.system())) {
      var connection = github.connection();
      var place = new Place(connection, "nimbus", "we");
      var seats = new SeatFiles(folder);
      seats.opened(place, "session-1");
      Files.writeString(folder.resolve("notes"), "of somebody else");
      Files.writeString(folder.resolve("gone-6e.tmp"), "what a crash left");
      Files.writeString(folder.resolve("gone-6e"), "session-2");

      seats.sweep(() -> Set.of(connection.id()));
      assertThat(seats.last(place)).isEqualTo("session-1");
      assertThat(folder).isDirectoryNotContaining("glob:**gone*");
      seats.sweep(Set::of);

      assertThat(seats.last(place)).isEmpty();
      assertThat(folder).isDirectoryContaining("glob:**notes");
    }
  }

  @Test
  void aConnectionMadeWhileFilesAreSweptLosesNothing() {
    try (var github = FakeGitHub.start(InstantSource.system())) {
      var place = new Place(github.connection(), "nimbus", "we");
      var seats = new SeatFiles(folder);

      seats.sweep(
          () -> {
            seats.opened(place, "session-1");
            return Set.of();
          });

      assertThat(seats.last(place)).isEqualTo("session-1");
    }
  }
}
