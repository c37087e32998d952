package dev.nimbus.core.storage;

/**
 * What makes a repeated request the same one.
 *
 * @param key the caller's own, unique within the tenant; empty when it names none
 * @param digest of the request, so that one key with two different requests is noticed
 */
public record Once(String key, String digest) {
  /** A request that is never the same as another. */
  public static final Once NEVER_SEEN = new Once("", "");

  private static final int MAX_KEY = 200;

  public Once {
    if (key.length() > MAX_KEY) {
      throw new IllegalArgumentException(
          "An idempotency key has at most " + MAX_KEY + " characters: '" + key + "'");
    }
  }

  /** Whether it has a key to be known by. */
  public boolean known() {
    return !key.isEmpty();
  }
}
