package dev.nimbus.controlplane.webhook;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of webhooks may be in memory at once. Anybody may send one, so what they take
 * together has a bound, and who comes when there is no room waits a little. Thread-safe.
 */
public final class Room {
  private static final int BLOCK = 1 << 10;

  private final Semaphore blocks;
  private final int all;
  private final Duration patience;

  public Room(long bytes, Duration patience) {
    this.all = Math.toIntExact(bytes / BLOCK);
    this.blocks = new Semaphore(all, true);
    this.patience = patience;
  }

  /** Room that was taken. */
  @FunctionalInterface
  public interface Taken extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes room; {@code EXHAUSTED} when there is none for as long as one waits. */
  public Taken take(long bytes) throws InterruptedException {
    var wanted = (int) Math.min(all, bytes / BLOCK + 1);
    if (!blocks.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new NimbusException(
          Kind.EXHAUSTED,
          "busy",
          "Cannot take a webhook of %d bytes: too many are being read; send it again later"
              .formatted(bytes));
    }
    return () -> blocks.release(wanted);
  }
}
