package dev.nimbus.adapters.gcp;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What Google means by saying no. */
enum Meaning {
  /** Another type, zone or market may have one. */
  NO_CAPACITY,
  OVER_QUOTA,
  TOO_OFTEN,
  /** A permission is missing in the role, or the interface is switched off in the project. */
  NOT_ALLOWED,
  /** The key itself is not believed. */
  NOT_BELIEVED,
  GONE,
  /** The name is taken. */
  EXISTS,
  /** Not answered, or not understood: nobody knows whether it was done. */
  UNKNOWN,
  /** Will not work until a person changes something. */
  WRONG;

  private static final int SERVER_ERROR = 500;
  private static final Map<Integer, Meaning> STATUSES =
      Map.of(401, NOT_BELIEVED, 403, NOT_ALLOWED, 404, GONE, 408, UNKNOWN, 429, TOO_OFTEN);

  private static final Map<String, Meaning> CODES =
      codes(
          Map.of(
              NO_CAPACITY,
              List.of(
                  "IP_SPACE_EXHAUSTED",
                  "IP_SPACE_EXHAUSTED_WITH_DETAILS",
                  "RESOURCE_POOL_EXHAUSTED",
                  "ZONE_RESOURCE_POOL_EXHAUSTED",
                  "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS"),
              OVER_QUOTA,
              List.of("LIMIT_EXCEEDED", "QUOTA_EXCEEDED"),
              TOO_OFTEN,
              List.of(
                  "CONCURRENT_OPERATIONS_QUOTA_EXCEEDED",
                  "DAILY_LIMIT_EXCEEDED",
                  "RATE_LIMIT_EXCEEDED",
                  "RESOURCE_OPERATION_RATE_EXCEEDED",
                  "USER_RATE_LIMIT_EXCEEDED"),
              NOT_ALLOWED,
              List.of(
                  "ACCESS_NOT_CONFIGURED",
                  "FORBIDDEN",
                  "INSUFFICIENT_PERMISSIONS",
                  "PERMISSION_DENIED",
                  "PERMISSIONS_ERROR"),
              NOT_BELIEVED,
              List.of("AUTH_ERROR", "INVALID_GRANT", "UNAUTHENTICATED"),
              GONE,
              List.of("NOT_FOUND", "RESOURCE_NOT_FOUND"),
              EXISTS,
              List.of("ALREADY_EXISTS", "RESOURCE_ALREADY_EXISTS"),
              UNKNOWN,
              List.of("INTERNAL_ERROR", "RESOURCE_NOT_READY")));

  /**
   * What an answer means.
   *
   * @param code as Google writes it, in an answer ({@code quotaExceeded}) or in what became of an
   *     operation ({@code QUOTA_EXCEEDED})
   * @param status of HTTP; 0 for none
   */
  static Meaning of(String code, int status) {
    var known = CODES.get(upper(code));
    if (known != null) {
      return known;
    }
    return status >= SERVER_ERROR || (status == 0 && code.isEmpty())
        ? UNKNOWN
        : STATUSES.getOrDefault(status, WRONG);
  }

  private static String upper(String code) {
    return code.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  private static Map<String, Meaning> codes(Map<Meaning, List<String>> byMeaning) {
    var codes = new HashMap<String, Meaning>();
    byMeaning.forEach((meaning, words) -> words.forEach(word -> codes.put(word, meaning)));
    return Map.copyOf(codes);
  }
}
