package dev.nimbus.api;

import dev.nimbus.json.Meaning;
import dev.nimbus.json.NullWhenAbsent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
public record Items<T>(
    List<T> items,
    @Meaning("The cursor of the page after; null on the last.") @NullWhenAbsent
        @Nullable String next) {
  public Items {
    items = List.copyOf(items);
  }
}
