package dev.nimbus.hostagent.ship;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines between the console and the pipeline. Bounded: whoever feeds it waits while it is full,
 * whoever empties it waits until sending is worth it. Thread-safe for one of each.
 */
final class Outbox {
  /** A quiet stream sends at once, a busy one this often. */
  static final Duration GATHER = Duration.ofMillis(20);

  /** An unfinished line is shown when nothing was added to it for this long. */
  static final Duration IDLE = Duration.ofMillis(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Batch.Entry> queue = new ArrayDeque<>();
  private final Lines lines;
  private final Pace pace;
  private long chars;
  private Duration firstAt;
  private Duration sentAt;
  private Duration idleAt = Pace.NEVER;
  private boolean closed;

  /** Empty. The first lines are gathered for a moment, as if something had just been sent. */
  Outbox(Lines lines, Pace pace) {
    this.lines = lines;
    this.pace = pace;
    this.sentAt = pace.now();
    this.firstAt = sentAt;
  }

  void begin(String text) {
    locked(() -> add(lines.begin(text)));
  }

  /** Adds console bytes as soon as there is room; false once closed. */
  boolean feed(byte[] chunk, int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (full() && !closed) {
        changed.await();
      }
      if (!closed) {
        add(lines.feed(chunk, count));
        idleAt = pace.now().plus(IDLE);
        changed.signalAll();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** There will be no more console bytes. */
  void consoleEnded() {
    locked(
        () -> {
          add(lines.consoleEnded());
          add(lines.last().stream().toList());
        });
  }

  /** What the last line of all says, once the console has ended. */
  void end(Ending how) {
    locked(
        () -> {
          lines.end(how);
          add(lines.last().stream().toList());
        });
  }

  /** Waits for lines worth sending and gives them without removing them; empty once closed. */
  Optional<Batch> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        var due = due();
        if (pace.now().compareTo(due) < 0) {
          pace.await(lock, changed, due);
        } else if (queue.isEmpty()) {
          idleAt = Pace.NEVER;
          add(lines.showUnfinished().stream().toList());
        } else {
          sentAt = pace.now();
          return Optional.of(head());
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Removes the lines up to this sequence; gives where the log is then, if any were removed. */
  Optional<Place> stored(long sequence) {
    lock.lock();
    try {
      Optional<Place> reached = Optional.empty();
      while (!queue.isEmpty() && queue.getFirst().line().sequence() <= sequence) {
        var entry = queue.removeFirst();
        chars -= entry.chars();
        reached = Optional.of(entry.after());
      }
      changed.signalAll();
      return reached;
    } finally {
      lock.unlock();
    }
  }

  /** Waits, unless it is closed meanwhile. */
  void pause(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = pace.now().plus(time);
      while (!closed && pace.now().compareTo(until) < 0) {
        pace.await(lock, changed, until);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    locked(() -> closed = true);
  }

  private Duration due() {
    if (queue.isEmpty()) {
      return lines.unfinished() ? idleAt : Pace.NEVER;
    }
    if (full() || lines.place().done()) {
      return Duration.ZERO;
    }
    var gathered = sentAt.plus(GATHER);
    return gathered.compareTo(firstAt) <= 0 ? firstAt : gathered;
  }

  private boolean full() {
    return queue.size() >= Batch.MAX_LINES || chars >= Batch.MAX_CHARS;
  }

  private Batch head() {
    var entries = new ArrayList<Batch.Entry>();
    var size = 0;
    for (var entry : queue) {
      size += entry.chars();
      if (!entries.isEmpty() && (size > Batch.MAX_CHARS || entries.size() == Batch.MAX_LINES)) {
        break;
      }
      entries.add(entry);
    }
    return new Batch(entries);
  }

  private void add(Collection<Batch.Entry> entries) {
    if (queue.isEmpty()) {
      firstAt = pace.now();
    }
    for (var entry : entries) {
      queue.add(entry);
      chars += entry.chars();
    }
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
