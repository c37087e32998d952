package dev.nimbus.testkit.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same done at once in many threads. */
final class Together {
  static final int THREADS = 8;

  private Together() {}

  /** Runs it and returns what all of them found. */
  static <T> List<T> run(Work<T> work) {
    var barrier = new CyclicBarrier(THREADS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<List<T>>>();
      for (var index = 0; index < THREADS; index++) {
        var own = index;
        tasks.add(
            () -> {
              barrier.await();
              return work.run(own);
            });
      }
      var found = new ArrayList<T>();
      for (Future<List<T>> future : threads.invokeAll(tasks)) {
        found.addAll(future.get());
      }
      return found;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What one thread does; threads are numbered from zero. */
  @FunctionalInterface
  interface Work<T> {
    List<T> run(int index) throws Exception;
  }
}
