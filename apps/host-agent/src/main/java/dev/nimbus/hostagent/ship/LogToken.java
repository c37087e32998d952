package dev.nimbus.hostagent.ship;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.function.Supplier;

/** The token for the log of one attempt. It dies with the lease, then a fresh one is asked for. */
public final class LogToken {
  private final Supplier<String> source;
  private volatile String value;

  /**
   * @param first empty when there is none yet
   * @param source asks for a fresh one; {@code CONFLICT} or {@code NOT_FOUND} when there will never
   *     be one
   */
  public LogToken(String first, Supplier<String> source) {
    this.value = first;
    this.source = source;
  }

  /** Takes a token that came by itself. */
  public void replace(String fresh) {
    value = fresh;
  }

  /** The token, asked for if there is none. */
  String current() {
    if (value.isEmpty()) {
      value = source.get();
    }
    return value;
  }

  /** The token was refused: the next one is a fresh one. */
  void refused() {
    value = "";
  }

  /** Whether a failure to get one is for good. */
  static boolean forGood(NimbusException failure) {
    return failure.kind() == Kind.CONFLICT || failure.kind() == Kind.NOT_FOUND;
  }
}
