package dev.nimbus.hostagent;

import java.util.Locale;

/** What becomes of running jobs when the agent is stopped. */
public enum OnStop {
  /** They run on, and the next life of the agent takes them over. */
  LEAVE,
  /** They run to their end first. */
  FINISH,
  /** They are stopped and given back. */
  KILL;

  static OnStop parse(String text) {
    for (var value : values()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("not 'leave', 'finish' or 'kill'");
  }
}
