package dev.nimbus.cli.daemon;

import dev.nimbus.api.client.Query;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Ends a daemon that has no unfinished jobs and that no command has used for a while. */
record IdleExit(Home home, Duration idle, InstantSource time) {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  Loop watch(Runnable end) {
    return Loop.start(
        "idle-exit",
        LOOK_EVERY,
        new Metrics(),
        () -> {
          if (used().plus(idle).isBefore(time.instant()) && !busy()) {
            end.run();
          }
        });
  }

  private Instant used() {
    try {
      return Files.getLastModifiedTime(home.usedFile()).toInstant();
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot tell when '" + home.usedFile() + "' was used", e);
    }
  }

  private boolean busy() {
    var daemon = Daemon.running(home);
    if (daemon.isEmpty()) {
      return false;
    }
    var unfinished = new Query().with("status", "waiting,leased,running").with("limit", "1");
    return !Target.of(daemon.get(), home).client().jobs(unfinished).items().isEmpty();
  }
}
