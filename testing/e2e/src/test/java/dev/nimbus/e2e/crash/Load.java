package dev.nimbus.e2e.crash;

import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.e2e.system.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Somebody who submits jobs, and repeats each until it is acknowledged. */
final class Load {
  private static final int MOST_OPEN = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Set<Kind> PASSING = Set.of(Kind.UNAVAILABLE);

  private final ControlPlaneClient client;
  private final Random random;
  private final String mark;
  private final Map<String, Sent> accepted = new ConcurrentHashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final FutureTask<Void> submitting = new FutureTask<>(this::submit, null);
  private volatile boolean stopping;

  private Load(ControlPlaneClient client, Random random, String mark) {
    this.client = client;
    this.random = random;
    this.mark = mark;
  }

  static Load start(ControlPlaneClient client, Random random, String mark) {
    var load = new Load(client, random, mark);
    Thread.ofPlatform().daemon().name("load").start(load.submitting);
    return load;
  }

  /** Stops submitting; gives every accepted job by its id. */
  Map<String, Sent> stop() throws InterruptedException {
    stopping = true;
    try {
      submitting.get();
    } catch (ExecutionException e) {
      throw new AssertionError("The load ended early", e);
    }
    return Map.copyOf(accepted);
  }

  private void submit() {
    for (var number = 1; !stopping; number++) {
      var sent = Sent.of(mark + "-" + number + ".", random);
      var id = Await.value(PATIENCE, () -> "an answer to " + sent, () -> acknowledged(sent));
      var twice = accepted.put(id, sent);
      if (twice != null) {
        throw new AssertionError(id + " was given to both " + twice + " and " + sent);
      }
      open.add(id);
      Await.pause(Duration.ofMillis(random.nextInt(20, 400)));
      Await.until(PATIENCE, () -> "the end of one of " + open, this::room);
    }
  }

  private Optional<String> acknowledged(Sent sent) {
    return asked(() -> client.submit(sent.job(), sent.marker()).id());
  }

  private boolean room() {
    if (!stopping && open.size() >= MOST_OPEN) {
      open.removeIf(id -> asked(() -> client.job(id).job().ended()).orElse(false));
    }
    return stopping || open.size() < MOST_OPEN;
  }

  /** An answer, or empty when nobody is there to give it. */
  static <T> Optional<T> asked(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (NimbusException e) {
      if (PASSING.contains(e.kind())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
