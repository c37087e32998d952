package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** What a machine says of itself while it has no agent yet, or no more. */
public record MachineReport(
    @Meaning("What it was given to prove itself with.") String ticket,
    @Meaning(words = {"installing", "interrupted", "done", "failed"}) String state,
    @Meaning("The reason of a failure and the end of its log; the last 8,192 characters are kept.")
        @Nullable String detail) {
  @Override
  public String toString() {
    return state;
  }
}
