package dev.nimbus.cli.daemon;

import dev.nimbus.api.client.Query;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.loop.Shutdown;
import dev.nimbus.service.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Ends a daemon that has no unfinished jobs and that no command has used for a while. */
final class IdleExit {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private IdleExit() {}

  static Loop watch(Home home, Duration idle, InstantSource time, Shutdown shutdown) {
    return Loop.start(
        "idle-exit",
        LOOK_EVERY,
        new Metrics(),
        () -> {
          if (used(home).plus(idle).isBefore(time.instant()) && !busy(home)) {
            shutdown.request();
          }
        });
  }

  private static Instant used(Home home) {
    try {
      return Files.getLastModifiedTime(home.usedFile()).toInstant();
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot tell when '" + home.usedFile() + "' was used", e);
    }
  }

  private static boolean busy(Home home) {
    var daemon = Daemon.running(home);
    if (daemon.isEmpty()) {
      return false;
    }
    var unfinished = new Query().with("status", "waiting,leased,running").with("limit", "1");
    return !Target.of(daemon.get(), home).client().jobs(unfinished).items().isEmpty();
  }
}
