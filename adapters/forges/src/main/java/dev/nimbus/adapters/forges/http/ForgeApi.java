package dev.nimbus.adapters.forges.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Instant;

/** A forge's API as one connection may use it. Blocks; thread-safe. */
public interface ForgeApi {
  /**
   * Makes a call, waiting for the budget as long as its purpose allows.
   *
   * @throws NimbusException {@code UNAVAILABLE} when the forge cannot be reached
   */
  Sent attempt(Call call);

  /** The same for callers who cannot come back later: then it is {@code UNAVAILABLE}. */
  default Reply send(Call call) {
    return switch (attempt(call)) {
      case Sent.Answered(var reply) -> reply;
      case Sent.Later(var notBefore, var why) ->
          throw new NimbusException(
              Kind.UNAVAILABLE,
              "Cannot %s %s before %s: %s".formatted(call.method(), call.path(), notBefore, why));
    };
  }

  /** What became of a call. */
  sealed interface Sent {
    /** The forge answered, with whatever status, and did not ask to be left alone. */
    record Answered(Reply reply) implements Sent {}

    /** Nothing was done: the budget is used up, or the forge asks to be left alone. */
    record Later(Instant notBefore, String why) implements Sent {}
  }
}
