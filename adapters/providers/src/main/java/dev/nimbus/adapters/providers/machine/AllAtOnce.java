package dev.nimbus.adapters.providers.machine;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Asks several the same at once, so that one that does not answer holds up no other. */
final class AllAtOnce {
  private AllAtOnce() {}

  /** Everything they answered, in their order; or one failure that tells all failures. */
  static <A, B> List<B> ask(Collection<A> asked, Function<A, List<B>> question) {
    var calls = asked.stream().<Callable<List<B>>>map(one -> () -> question.apply(one)).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return together(threads.invokeAll(calls));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot ask the hosts: interrupted", e);
    }
  }

  /** What each answered; of those that failed, nothing, and why to the listener. */
  static <A, B> List<B> askWilling(
      Collection<A> asked, Function<A, List<B>> question, BiConsumer<A, String> failed) {
    return ask(
        asked,
        one -> {
          try {
            return question.apply(one);
          } catch (NimbusException e) {
            failed.accept(one, String.valueOf(e.getMessage()));
            return List.of();
          }
        });
  }

  private static <B> List<B> together(List<Future<List<B>>> answers) throws InterruptedException {
    var found = new ArrayList<B>();
    var failures = new ArrayList<NimbusException>();
    for (var answer : answers) {
      try {
        found.addAll(answer.get());
      } catch (ExecutionException e) {
        failures.add(known(e));
      }
    }
    if (!failures.isEmpty()) {
      throw one(failures);
    }
    return found;
  }

  private static NimbusException known(ExecutionException e) {
    if (e.getCause() instanceof NimbusException failure) {
      return failure;
    }
    throw new IllegalStateException("A host was asked in vain", e.getCause());
  }

  private static NimbusException one(List<NimbusException> failures) {
    var all = failures.stream().map(NimbusException::getMessage).toList();
    return new NimbusException(Kind.UNAVAILABLE, String.join("; ", all), failures.getFirst());
  }
}
