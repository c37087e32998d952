package dev.nimbus.controlplane.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What speaks for a connection, while that changes and goes. */
final class LiveConnectionsTest {
  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeGitHub github = FakeGitHub.start(time);
  private final ForgePlane plane;
  private final Connections connections;

  LiveConnectionsTest(@TempDir Path folder) {
    var ttl = Duration.ofHours(1);
    plane = new ForgePlane(folder, time, github.connection(), github.secrets(), ttl);
    connections = plane.connections;
  }

  @AfterEach
  void close() {
    plane.close();
    github.close();
  }

  @Test
  void whoeverReadAConnectionBeforeItChangedSpeaksAsItIsNow() {
    var before = plane.connection;
    var spoke = connections.forge(before);
    var after = connections.apply(ForgePlane.with(before, Connections.LABELS, "another"), Map.of());
    assertThat(connections.forge(before)).isSameAs(spoke);

    var speaks = connections.forge(after);

    assertThat(speaks).isNotSameAs(spoke);
    assertThat(connections.forge(before)).isSameAs(speaks);
    assertThat(connections.forge(after)).isSameAs(speaks);
  }

  @Test
  void nothingSpeaksForAConnectionThatIsGone() {
    var connection = plane.connection;
    connections.remove(connection.org(), connection.name());
    var left = connections.forge(connection);

    connections.prune();

    assertThat(connections.forge(connection)).isNotSameAs(left);
  }

  @Test
  void whatSpeaksForAConnectionThatIsThereStays() {
    var speaks = connections.forge(plane.connection);

    connections.prune();

    assertThat(connections.forge(plane.connection)).isSameAs(speaks);
  }
}
