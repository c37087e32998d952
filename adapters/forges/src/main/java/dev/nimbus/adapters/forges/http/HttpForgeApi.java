package dev.nimbus.adapters.forges.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A forge's API with one credential, paced by its budget. */
public final class HttpForgeApi implements Rotation.Member {
  private static final int AT_ONCE = 50;
  private static final int UNAUTHORIZED = 401;
  private static final List<Duration> AGAIN = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));
  private static final String WHY =
      "the budget of the credential is used up, or the forge asked to be left alone";

  private final Exchange exchange;
  private final Credentials credentials;
  private final Budget budget;
  private final InstantSource time;
  private final Pause pause;
  private final Lane changes = new Lane();
  private final Semaphore atOnce = new Semaphore(AT_ONCE);

  public HttpForgeApi(
      Exchange exchange, Credentials credentials, Budget budget, InstantSource time, Pause pause) {
    this.exchange = exchange;
    this.credentials = credentials;
    this.budget = budget;
    this.time = time;
    this.pause = pause;
  }

  @Override
  public Sent attempt(Call call) {
    var from = opens(call);
    if (tooLate(call, from, time.instant())) {
      return new Sent.Later(from, WHY);
    }
    try {
      return call.safe() ? ask(call) : change(call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(
          Kind.UNAVAILABLE, "Interrupted before %s %s".formatted(call.method(), call.path()), e);
    }
  }

  @Override
  public Instant opens(Call call) {
    var from = budget.opens(call, time.instant());
    return call.safe()
        ? from
        : from.plus(budget.betweenChanges().multipliedBy(changes.ahead(call.purpose())));
  }

  @Override
  public Map<String, Long> remaining() {
    return budget.remaining();
  }

  /** Asking again does no harm: a forge that stumbles is given two more chances. */
  private Sent ask(Call call) throws InterruptedException {
    for (var wait : AGAIN) {
      try {
        var sent = paced(call);
        if (!(sent instanceof Sent.Answered(var reply)) || reply.status() < 500) {
          return sent;
        }
      } catch (NimbusException e) {
        if (e.kind() != Kind.UNAVAILABLE) {
          throw e;
        }
      }
      pause.until(time.instant().plus(wait));
    }
    return paced(call);
  }

  private Sent change(Call call) throws InterruptedException {
    changes.enter(call.purpose());
    try {
      return paced(call);
    } finally {
      changes.leave();
    }
  }

  private Sent paced(Call call) throws InterruptedException {
    var later = await(call);
    if (later.isPresent()) {
      return new Sent.Later(later.get(), WHY);
    }
    var reply = answered(call);
    return Limited.until(reply, time.instant())
        .<Sent>map(until -> new Sent.Later(until, "the forge limits us: " + reply.told()))
        .orElseGet(() -> new Sent.Answered(reply));
  }

  /** Waits for the budget; says when to come back if that is longer than the call may wait. */
  private Optional<Instant> await(Call call) throws InterruptedException {
    var began = time.instant();
    while (true) {
      var from = budget.take(call, time.instant());
      if (from.isEmpty() || tooLate(call, from.get(), began)) {
        return from;
      }
      pause.until(from.get());
    }
  }

  /** Polls wait for their own pace, but not where the forge asked to be left alone. */
  private boolean tooLate(Call call, Instant from, Instant began) {
    return from.isAfter(began.plus(patience(call.purpose())))
        || (call.purpose() == Call.Purpose.POLL && budget.closed(time.instant()));
  }

  /** A token that ran out early is renewed once. */
  private Reply answered(Call call) throws InterruptedException {
    var reply = exchange(call);
    if (reply.status() == UNAUTHORIZED && credentials.renew()) {
      reply = exchange(call);
    }
    budget.learn(call, reply, time.instant());
    return reply;
  }

  private Reply exchange(Call call) throws InterruptedException {
    var answered = false;
    try {
      var reply = oneOfFew(call);
      answered = true;
      return reply;
    } finally {
      if (!answered) {
        budget.lost(call, time.instant());
      }
    }
  }

  /** Whoever waits for the budget holds nobody up here; only calls that are made count. */
  private Reply oneOfFew(Call call) throws InterruptedException {
    atOnce.acquire();
    try {
      return exchange.send(call, credentials.headers(call));
    } finally {
      atOnce.release();
    }
  }

  private static Duration patience(Call.Purpose purpose) {
    return switch (purpose) {
      case RETIRE, POLL -> Duration.ofSeconds(90);
      case MINT -> Duration.ofSeconds(20);
      case CHECK -> Duration.ofSeconds(10);
    };
  }

  /** What every call of a credential carries. */
  @FunctionalInterface
  public interface Credentials {
    /** The code of a failure to have a credential at all. */
    String NONE = "no-credential";

    /**
     * Names and values; may itself ask the forge for a token. A failure has the code {@link #NONE},
     * for then nothing was done yet.
     */
    Map<String, String> headers(Call call);

    /** The forge refused it; true when another try may have a fresh one. */
    default boolean renew() {
      return false;
    }
  }

  /** How a thread waits; wiring passes the system's. */
  @FunctionalInterface
  public interface Pause {
    void until(Instant instant) throws InterruptedException;
  }
}
