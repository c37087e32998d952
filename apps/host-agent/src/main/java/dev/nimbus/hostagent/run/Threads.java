package dev.nimbus.hostagent.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The waits of one job, each on a virtual thread of its own. Thread-safe. */
final class Threads implements AutoCloseable {
  private final String name;
  private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

  Threads(String name) {
    this.name = name;
  }

  /** Something that may take a while. Being interrupted ends it. */
  interface Task {
    void run() throws InterruptedException;
  }

  void start(String what, Task task) {
    var thread = Thread.ofVirtual().name(what + "-" + name).unstarted(() -> run(task));
    alive.add(thread);
    thread.start();
  }

  /** Interrupts them all and does not wait. */
  @Override
  public void close() {
    alive.forEach(Thread::interrupt);
  }

  private void run(Task task) {
    try {
      task.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      alive.remove(Thread.currentThread());
    }
  }
}
