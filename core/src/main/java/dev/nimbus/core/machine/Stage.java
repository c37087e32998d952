package dev.nimbus.core.machine;

import java.util.Locale;

/** How far a machine's life has come. It only ever goes on in this order, and may skip. */
public enum Stage {
  /** We mean to have it; its provider may know of it already, or never will. */
  ASKED,
  /** Its provider says it exists. */
  BOOTING,
  /** Its agent registered: it runs a job, or waits for one. */
  READY,
  /** We mean it to go, and it takes no more jobs. */
  ENDING,
  /** Its provider does not have it any more, or never had it. */
  GONE;

  /** As stored and shown, such as {@code booting}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}. */
  public static Stage parse(String word) {
    for (var stage : values()) {
      if (stage.word().equals(word)) {
        return stage;
      }
    }
    throw new IllegalArgumentException("Not a stage of a machine: '" + word + "'");
  }
}
