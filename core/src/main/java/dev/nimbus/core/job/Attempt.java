package dev.nimbus.core.job;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import java.time.Instant;
import java.util.Optional;

/** One ended lease of a job: the history behind its timeline. */
public sealed interface Attempt {
  Fence fence();

  HostId host();

  Instant leasedAt();

  Instant endedAt();

  String ending();

  /** The host never said that the sandbox ran. */
  record NeverStarted(Fence fence, HostId host, Instant leasedAt, Instant endedAt, String ending)
      implements Attempt {}

  record Ran(
      Fence fence, HostId host, Instant leasedAt, Instant startedAt, Instant endedAt, String ending)
      implements Attempt {}

  /** When the sandbox ran, where it did. */
  default Optional<Instant> started() {
    return switch (this) {
      case NeverStarted _ -> Optional.empty();
      case Ran ran -> Optional.of(ran.startedAt());
    };
  }
}
