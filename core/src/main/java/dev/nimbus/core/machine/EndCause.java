package dev.nimbus.core.machine;

import java.util.Locale;

/** Why a machine was ended, which decides what its cost counts as. */
public enum EndCause {
  /** It ran its job. */
  DONE,
  /** No job came within the idle grace, or there was no more use for it. */
  IDLE,
  /** It did not come up in time, or said that it failed. */
  FAILED,
  /** Its agent fell silent. */
  LOST,
  /** Its provider took it back. */
  INTERRUPTED,
  /** A person ended it. */
  ASKED_FOR,
  /** It lived as long as it may. */
  EXPIRED,
  /** Its provider refused to make it. */
  REFUSED;

  /** As stored and shown, such as {@code asked-for}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@link #word}. */
  public static EndCause parse(String word) {
    for (var cause : values()) {
      if (cause.word().equals(word)) {
        return cause;
      }
    }
    throw new IllegalArgumentException("Not a cause of a machine's end: '" + word + "'");
  }
}
