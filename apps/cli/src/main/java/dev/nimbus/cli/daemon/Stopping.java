package dev.nimbus.cli.daemon;

import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.time.SystemTime;
import java.time.Duration;

/** Stops a daemon gracefully and waits until its process is gone. */
final class Stopping {
  private static final Duration GLANCE = Duration.ofMillis(20);

  private Stopping() {}

  static void stop(Daemon daemon, Duration patience) throws InterruptedException {
    if (!ProcessHandle.of(daemon.pid()).map(ProcessHandle::destroy).orElse(true)) {
      throw new NimbusException(
          Kind.DENIED, "Cannot stop process " + daemon.pid() + ": it belongs to another user");
    }
    var deadline = SystemTime.nanos() + patience.toNanos();
    while (Daemon.ticks(daemon.pid()) == daemon.startTicks()) {
      if (SystemTime.nanos() > deadline) {
        throw new NimbusException(
            Kind.UNAVAILABLE,
            "The daemon (pid " + daemon.pid() + ") still stops; its jobs may take their time");
      }
      SystemTime.sleep(GLANCE);
    }
  }
}
