package dev.nimbus.hostagent.notice;

import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Looks again and again whether there is a notice, and tells of the first one. */
public final class NoticeWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final NoticeSource source;
  private final Consumer<Notice> told;
  private final InstantSource time;
  private final AtomicBoolean noticed = new AtomicBoolean();
  private final Loop loop;

  private NoticeWatch(
      NoticeSource source, Consumer<Notice> told, InstantSource time, Metrics metrics) {
    this.source = source;
    this.told = told;
    this.time = time;
    this.loop = Loop.start("machine-notice", EVERY, metrics, this::look);
  }

  /**
   * Starts looking.
   *
   * @param told called once, on a thread of its own
   */
  public static NoticeWatch start(
      NoticeSource source, Consumer<Notice> told, InstantSource time, Metrics metrics) {
    return new NoticeWatch(source, told, time, metrics);
  }

  @Override
  public void close() {
    loop.close();
  }

  private void look() {
    if (noticed.get()) {
      return;
    }
    var notice = source.look(time.instant());
    if (notice.isPresent() && noticed.compareAndSet(false, true)) {
      Thread.ofVirtual().name("machine-notice").start(() -> told.accept(notice.get()));
    }
  }
}
