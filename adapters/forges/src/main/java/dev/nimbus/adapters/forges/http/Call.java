package dev.nimbus.adapters.forges.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request to a forge.
 *
 * @param path below the API's base, already encoded, with its query
 * @param headers besides those every call of the forge has
 * @param body to be written as JSON; bytes are sent as they are
 * @param purpose decides what may use up the last of a budget and how long the call may wait
 */
public record Call(
    String method,
    String path,
    Map<String, String> headers,
    Optional<Object> body,
    Purpose purpose) {
  public Call {
    headers = Map.copyOf(headers);
  }

  public static Call get(String path, Purpose purpose) {
    return new Call("GET", path, Map.of(), Optional.empty(), purpose);
  }

  public static Call post(String path, Object body, Purpose purpose) {
    return new Call("POST", path, Map.of(), Optional.of(body), purpose);
  }

  public static Call delete(String path, Purpose purpose) {
    return new Call("DELETE", path, Map.of(), Optional.empty(), purpose);
  }

  /** The same with one more header. */
  public Call with(String name, String value) {
    var more = new TreeMap<>(headers);
    more.put(name, value);
    return new Call(method, path, more, body, purpose);
  }

  /** The same at another path. */
  Call at(String other) {
    return new Call(method, other, headers, body, purpose);
  }

  /** Whether it only asks. */
  public boolean safe() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Encodes one segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Why a forge is called, most urgent first. */
  public enum Purpose {
    /** Frees something; may use the share of a budget kept for it. */
    RETIRE,
    /** Somebody waits for it: a runner is to start. */
    MINT,
    /** A person asked. */
    CHECK,
    /** Looks for what webhooks missed; better skipped than waited for. */
    POLL
  }
}
