package dev.nimbus.adapters.forges.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a forge may have left out. Pure. */
public final class Texts {
  private Texts() {}

  /** A list that may be absent, or hold nothing where something should be. */
  public static <T> List<T> all(@Nullable List<? extends @Nullable T> list) {
    if (list == null) {
      return List.of();
    }
    var present = new ArrayList<T>();
    for (T item : list) {
      if (item != null) {
        present.add(item);
      }
    }
    return present;
  }

  public static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** When something happened; otherwise when the forge does not say, which both do in year one. */
  public static Instant time(@Nullable String text, Instant otherwise) {
    try {
      var told = text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
      return told.isAfter(Instant.EPOCH) ? told : otherwise;
    } catch (DateTimeException e) {
      return otherwise; // Only for display and order.
    }
  }
}
