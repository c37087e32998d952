package dev.nimbus.api;

import dev.nimbus.json.NullWhenAbsent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the cursor for the page after, null on the last
 */
public record Items<T>(List<T> items, @NullWhenAbsent @Nullable String next) {
  public Items {
    items = List.copyOf(items);
  }
}
