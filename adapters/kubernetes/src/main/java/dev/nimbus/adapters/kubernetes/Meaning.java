package dev.nimbus.adapters.kubernetes;

import java.util.List;
import java.util.regex.Pattern;

/** What Kubernetes means by saying no. */
enum Meaning {
  /** No node has room. */
  NO_CAPACITY,
  /** A quota of the namespace is used up. */
  OVER_QUOTA,
  TOO_OFTEN,
  /** A rule is missing in the role. */
  NOT_ALLOWED,
  /** The token itself is not believed. */
  NOT_BELIEVED,
  GONE,
  /** Something of that name exists. */
  THERE,
  /** It is not what it was when we looked. */
  CHANGED,
  /** A list that was being read page by page is no longer kept. */
  EXPIRED,
  /** Not answered, or not understood: nobody knows whether it was done. */
  UNKNOWN,
  /** Will not work until a person changes something. */
  WRONG;

  private static final int SERVER_ERROR = 500;
  private static final List<String> QUOTA = List.of("exceeded quota", "insufficient quota");

  /** Just after a quota was made, before it is counted. */
  private static final String UNCOUNTED = "status unknown for quota";

  private static final Pattern ROLE = Pattern.compile(" cannot [a-z]+ (resource|path) ");

  /**
   * What an answer means.
   *
   * @param status of HTTP; 0 for no answer
   * @param reason the word for programs, such as {@code AlreadyExists}; may be empty
   * @param message the same for people
   * @param again whether it says when to come again
   */
  static Meaning of(int status, String reason, String message, boolean again) {
    return switch (status) {
      case 0 -> UNKNOWN;
      case 401 -> NOT_BELIEVED;
      case 403 -> forbidden(message);
      case 404 -> GONE;
      case 409 -> reason.equals("AlreadyExists") ? THERE : CHANGED;
      case 410 -> EXPIRED;
      case 429 -> TOO_OFTEN;
      case 503 -> again ? TOO_OFTEN : UNKNOWN;
      default -> status >= SERVER_ERROR ? UNKNOWN : WRONG;
    };
  }

  private static Meaning forbidden(String message) {
    if (QUOTA.stream().anyMatch(message::contains)) {
      return OVER_QUOTA;
    }
    if (message.contains(UNCOUNTED)) {
      return TOO_OFTEN;
    }
    return ROLE.matcher(message).find() ? NOT_ALLOWED : WRONG;
  }
}
