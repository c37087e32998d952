package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;

/** A machine that has just started, proving that it is the one it was made to be. */
public record BootRequest(
    @Meaning("The machine's name.") String machine,
    @Meaning("What it was given to prove itself with, once.") String ticket) {
  @Override
  public String toString() {
    return machine;
  }
}
