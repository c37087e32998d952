package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A GitHub in memory with one scale set, a control plane that listens to it, and one big host. */
final class QueueGround implements AutoCloseable {
  private static final Duration TTL = Duration.ofHours(100);

  final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  final FakeGitHub github =
      FakeGitHub.start(time, Setup.USUAL.with(Limits.Rules.ENFORCED).withApps(1));
  final ForgePlane plane;
  private final MemorySeats seats = new MemorySeats();
  private QueueListener listener;

  QueueGround(Path folder) {
    plane =
        new ForgePlane(
            folder,
            time,
            ForgePlane.with(github.connection(), "scale_sets", "nimbus"),
            github.secrets(),
            TTL);
    listener = listener();
  }

  ForgeJobKey queue(String repository) {
    return github.queue(Wanted.job(github.repository(repository), "nimbus"));
  }

  /** One step of the listener, forgiven what a forge may do; whether it did all it wanted. */
  boolean listen() {
    try {
      time.stepTo(listener.step());
      return true;
    } catch (NimbusException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      time.step(Duration.ofSeconds(5));
      return false;
    }
  }

  /** Whether the disk on which sessions are remembered is full. */
  void remembers(boolean well) {
    seats.broken = !well;
  }

  /** The listener dies where it stands; another one takes its place. */
  void crash() {
    listener = listener();
  }

  /** Hears all there is to hear, and later what is counted then. */
  void hearAll() {
    for (var turn = 0; turn < 8; turn++) {
      listen();
    }
    time.step(Duration.ofMinutes(1));
    listen();
    listen();
  }

  /** How to start the runner of a lease; empty when its job needs none any more. */
  Optional<RunnerLaunch> launch(Lease lease) {
    for (var attempt = 0; attempt < 10; attempt++) {
      try {
        return Optional.of(plane.mint.mint(ForgePlane.HOST, lease.job().id(), lease.fence()));
      } catch (NimbusException e) {
        if (e.kind() == Kind.CONFLICT) {
          return Optional.empty();
        }
        time.step(Duration.ofMinutes(1));
      }
    }
    throw new AssertionError("No runner for " + lease);
  }

  @Override
  public void close() {
    listener.close();
    plane.close();
    github.close();
  }

  private QueueListener listener() {
    var place = new Place(plane.connection, "nimbus", "nimbus of this test");
    return new QueueListener(
        place,
        (Listening) plane.connections.forge(plane.connection),
        plane.intake,
        new Holdings(plane.storage, time),
        seats,
        () -> 1_000,
        time);
  }

  private static final class MemorySeats implements Seats {
    private final Map<Place, String> sessions = new HashMap<>();
    private boolean broken;

    @Override
    public String last(Place place) {
      return sessions.getOrDefault(place, "");
    }

    @Override
    public void opened(Place place, String session) {
      if (broken) {
        throw new NimbusException(Kind.UNAVAILABLE, "Cannot keep session " + session);
      }
      sessions.put(place, session);
    }
  }
}
