package dev.nimbus.testkit.forge;

import java.util.Map;

/**
 * One call somebody made, and its answer.
 *
 * @param path without the query, and without what all calls of the forge begin with, if they do
 * @param query as sent; empty when there was none
 * @param sent headers by lower-case name
 * @param headers of the answer by lower-case name
 */
public record Observed(
    String method,
    String path,
    String query,
    Map<String, String> sent,
    String body,
    int status,
    Map<String, String> headers,
    String answer) {
  public Observed {
    sent = Map.copyOf(sent);
    headers = Map.copyOf(headers);
  }
}
