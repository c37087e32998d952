package dev.nimbus.adapters.azure;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What Azure means by saying no. */
enum Meaning {
  /** Another size, zone, location or market may have one. */
  NO_CAPACITY,
  OVER_QUOTA,
  TOO_OFTEN,
  /** An action is missing in the role. */
  NOT_ALLOWED,
  /** The credentials themselves are not believed. */
  NOT_BELIEVED,
  GONE,
  /** The name is taken. */
  EXISTS,
  /** Not answered, not understood, or busy with the same thing: asking again may help. */
  UNKNOWN,
  /** Will not work until a person changes something. */
  WRONG;

  private static final int SERVER_ERROR = 500;
  private static final int FINE = 300;
  private static final Map<Integer, Meaning> STATUSES =
      Map.of(
          401,
          NOT_BELIEVED,
          403,
          NOT_ALLOWED,
          404,
          GONE,
          408,
          UNKNOWN,
          409,
          UNKNOWN,
          412,
          EXISTS,
          429,
          TOO_OFTEN);

  /** Says no to many things; a quota has its name in the message. */
  private static final String NOT_NOW = "operationnotallowed";

  private static final Map<String, Meaning> CODES =
      codes(
          Map.of(
              NO_CAPACITY,
              List.of(
                  "AllocationFailed",
                  "OverconstrainedAllocationRequest",
                  "OverconstrainedZonalAllocationRequest",
                  "SkuNotAvailable",
                  "SubnetIsFull",
                  "ZonalAllocationFailed"),
              OVER_QUOTA,
              List.of(
                  "NetworkInterfaceCountLimitReached",
                  "PublicIPCountLimitReached",
                  "QuotaExceeded",
                  "ResourceQuotaExceeded"),
              TOO_OFTEN,
              List.of("OperationNotAllowedTooManyRequests", "TooManyRequests"),
              NOT_ALLOWED,
              List.of("AuthorizationFailed", "LinkedAuthorizationFailed"),
              NOT_BELIEVED,
              List.of(
                  "AuthenticationFailed",
                  "ExpiredAuthenticationToken",
                  "InvalidAuthenticationToken",
                  "InvalidAuthenticationTokenTenant"),
              GONE,
              List.of("NotFound", "ResourceNotFound"),
              EXISTS,
              List.of("PreconditionFailed"),
              UNKNOWN,
              List.of(
                  "AnotherOperationInProgress",
                  "Conflict",
                  "InternalExecutionError",
                  "InternalServerError",
                  "NicReservedForAnotherVm",
                  "PublicIPAddressCannotBeDeleted",
                  "RetryableError",
                  "RetryableErrorDueToAnotherOperation"),
              WRONG,
              List.of(
                  "InvalidResourceGroup", "PropertyChangeNotAllowed", "ResourceGroupNotFound")));

  /**
   * What an answer means.
   *
   * @param code as Azure writes it; empty for none
   * @param message in words; the code of a quota is that of many other things
   * @param status of HTTP; 0 for none
   */
  static Meaning of(String code, String message, int status) {
    var known = CODES.get(code.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    if (code.toLowerCase(Locale.ROOT).equals(NOT_NOW)) {
      return ofNotAllowed(message);
    }
    var unheard = status >= SERVER_ERROR || (status < FINE && code.isEmpty());
    return unheard ? UNKNOWN : STATUSES.getOrDefault(status, WRONG);
  }

  private static Meaning ofNotAllowed(String message) {
    var words = message.toLowerCase(Locale.ROOT);
    if (words.contains("too many requests") || words.contains("throttl")) {
      return TOO_OFTEN;
    }
    return words.contains("quota") ? OVER_QUOTA : WRONG;
  }

  private static Map<String, Meaning> codes(Map<Meaning, List<String>> byMeaning) {
    var codes = new HashMap<String, Meaning>();
    byMeaning.forEach(
        (meaning, words) ->
            words.forEach(word -> codes.put(word.toLowerCase(Locale.ROOT), meaning)));
    return Map.copyOf(codes);
  }
}
