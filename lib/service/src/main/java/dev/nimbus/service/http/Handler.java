package dev.nimbus.service.http;

import java.io.IOException;

/** Answers the requests of one route. Called by many threads at once. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers. A {@code NimbusException} becomes the status of its kind, an {@link
   * IllegalArgumentException} of a core value 400, anything else 500.
   */
  Response handle(Request request) throws IOException, InterruptedException;
}
