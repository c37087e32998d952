package dev.nimbus.testkit.forge.http;

import dev.nimbus.testkit.forge.Fault;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Lets calls in one after another, and remembers what is going wrong. */
public final class Gate {
  private final BiFunction<Call, Set<Fault>, Answer> guard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Fault> faults = EnumSet.noneOf(Fault.class);

  /**
   * A gate at which nothing goes wrong yet.
   *
   * @param guard answers one call, given what is going wrong; called under the lock
   */
  public Gate(BiFunction<Call, Set<Fault>, Answer> guard) {
    this.guard = guard;
  }

  public Answer answer(Call call) {
    return locked(() -> guard.apply(call, faults));
  }

  /** Lets something happen while no call is answered. */
  public <T> T locked(Supplier<T> happening) {
    lock.lock();
    try {
      return happening.get();
    } finally {
      lock.unlock();
    }
  }

  public void suffer(Fault fault) {
    locked(() -> faults.add(fault));
  }

  public void recover() {
    locked(
        () -> {
          faults.clear();
          return true;
        });
  }

  /** Asked under the lock. */
  public boolean suffers(Fault fault) {
    return faults.contains(fault);
  }
}
