package dev.nimbus.service.http;

/** What a route takes in the body of a request. */
public sealed interface Body {
  /** Nothing, which may be written as an empty object; anything else is refused. */
  record None() implements Body {}

  /**
   * A record as JSON.
   *
   * @param strict whether fields it does not know are mistakes rather than somebody newer's
   */
  record Json(Class<?> type, boolean strict) implements Body {}

  /** Bytes of this media type. */
  record Bytes(String mediaType) implements Body {}
}
