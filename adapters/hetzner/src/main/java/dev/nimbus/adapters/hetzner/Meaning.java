package dev.nimbus.adapters.hetzner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Hetzner means by saying no. */
enum Meaning {
  /** Another type or location may have one. */
  NO_CAPACITY,
  OVER_QUOTA,
  TOO_OFTEN,
  /** Something else is being done to the same thing, and must be over first. */
  BUSY,
  /** What is asked for is being worked on by Hetzner's own people. */
  CLOSED,
  /** The token is believed, and may not do this. */
  NOT_ALLOWED,
  NOT_BELIEVED,
  GONE,
  /** There is one of that name. */
  TAKEN,
  /** Not answered, or not understood: nobody knows whether it was done. */
  UNKNOWN,
  /** Will not work until a person changes something. */
  WRONG;

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private static final Map<String, Meaning> CODES =
      codes(
          Map.ofEntries(
              Map.entry(
                  NO_CAPACITY,
                  List.of("no_space_left_in_location", "placement_error", "resource_unavailable")),
              Map.entry(OVER_QUOTA, List.of("resource_limit_exceeded")),
              Map.entry(TOO_OFTEN, List.of("rate_limit_exceeded")),
              Map.entry(BUSY, List.of("conflict", "locked")),
              Map.entry(CLOSED, List.of("maintenance")),
              Map.entry(NOT_ALLOWED, List.of("forbidden", "protected", "token_readonly")),
              Map.entry(NOT_BELIEVED, List.of("unauthorized")),
              Map.entry(GONE, List.of("not_found")),
              Map.entry(TAKEN, List.of("uniqueness_error")),
              Map.entry(
                  UNKNOWN,
                  List.of(
                      "bad_gateway", "server_error", "service_error", "timeout", "unavailable")),
              Map.entry(
                  WRONG,
                  List.of(
                      "action_failed",
                      "invalid_input",
                      "json_error",
                      "method_not_allowed",
                      "unsupported_error"))));

  /**
   * What an answer means.
   *
   * @param code as Hetzner writes it; empty where the answer had none
   * @param status of HTTP; 0 for none
   */
  static Meaning of(String code, int status) {
    var known = CODES.get(code);
    if (known != null) {
      return known;
    }
    if (status >= SERVER_ERROR || status == 0) {
      return UNKNOWN;
    }
    return switch (status) {
      case UNAUTHORIZED -> NOT_BELIEVED;
      case TOO_MANY -> TOO_OFTEN;
      default -> WRONG;
    };
  }

  private static Map<String, Meaning> codes(Map<Meaning, List<String>> byMeaning) {
    var codes = new HashMap<String, Meaning>();
    byMeaning.forEach((meaning, words) -> words.forEach(word -> codes.put(word, meaning)));
    return Map.copyOf(codes);
  }
}
