package dev.nimbus.hostagent.ship;

import dev.nimbus.api.log.LogLine;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A pipeline that stores lines as the real one does, and fails as a test says. */
public final class FakeSink implements LogSink {
  /** What goes wrong with one batch. */
  public enum Fault {
    NONE,
    REFUSED,
    ANSWER_LOST,
    HALF_STORED
  }

  /** Decides by the number of the call, from zero. */
  public interface Faults {
    Fault of(int call);
  }

  private static final long PATIENCE_SECONDS = 15;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<LogLine> stored = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private Faults faults;
  private int calls;

  public FakeSink() {
    this(_ -> Fault.NONE);
  }

  public FakeSink(Faults faults) {
    this.faults = faults;
  }

  public void faults(Faults next) {
    lock.lock();
    try {
      faults = next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Receipt send(List<LogLine> lines) {
    lock.lock();
    try {
      changed.signalAll();
      var fault = faults.of(calls++);
      if (fault == Fault.REFUSED) {
        throw new NimbusException(Kind.UNAVAILABLE, "The pipeline is away");
      }
      store(fault == Fault.HALF_STORED ? lines.subList(0, (lines.size() + 1) / 2) : lines);
      if (fault == Fault.ANSWER_LOST) {
        throw new NimbusException(Kind.UNAVAILABLE, "The answer was lost");
      }
      return new Receipt.Stored(last());
    } finally {
      lock.unlock();
    }
  }

  public List<LogLine> stored() {
    lock.lock();
    try {
      return List.copyOf(stored);
    } finally {
      lock.unlock();
    }
  }

  public List<String> texts() {
    return stored().stream().map(LogLine::text).toList();
  }

  public List<Integer> batches() {
    lock.lock();
    try {
      return List.copyOf(batches);
    } finally {
      lock.unlock();
    }
  }

  public int calls() {
    lock.lock();
    try {
      return calls;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until what is stored is as wanted. */
  public void await(Predicate<FakeSink> wanted) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!wanted.test(this)) {
        if (!changed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("Still only: " + texts());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits like {@link #await}, letting time pass meanwhile. */
  public void await(Predicate<FakeSink> wanted, FakePace pace) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (var turn = 0; !wanted.test(this); turn++) {
        if (turn > PATIENCE_SECONDS * 1_000) {
          throw new AssertionError("Still only: " + texts());
        }
        pace.advance(Duration.ofMillis(30));
        var _ = changed.await(1, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  public boolean complete() {
    return !stored.isEmpty() && stored.getLast().text().startsWith(Ending.MARK);
  }

  private void store(List<LogLine> lines) {
    batches.add(lines.size());
    for (var line : lines) {
      if (line.sequence() > last() + 1) {
        throw new AssertionError("A gap before " + line + ", after " + last());
      }
      if (line.sequence() == last() + 1) {
        stored.add(line);
      }
    }
  }

  private long last() {
    return stored.isEmpty() ? 0 : stored.getLast().sequence();
  }
}
