package dev.nimbus.service.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The client went away, or was cut off, before its body was complete: there is nobody to answer.
 */
final class ClientGone extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGone(Throwable cause) {
    super("The client went away before its request was complete", cause);
  }

  /** Whether this is at the bottom of a failure. */
  static boolean causes(Throwable failure) {
    @Nullable Throwable cause = failure;
    while (cause != null && !(cause instanceof ClientGone)) {
      cause = cause.getCause();
    }
    return cause != null;
  }
}
