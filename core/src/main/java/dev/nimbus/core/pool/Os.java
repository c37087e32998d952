package dev.nimbus.core.pool;

import java.util.Locale;

/** The system a machine runs, which decides how it is told what to do at its first start. */
public enum Os {
  LINUX,
  MACOS,
  WINDOWS;

  /** As files and labels write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}. */
  public static Os parse(String word) {
    for (var os : values()) {
      if (os.word().equals(word)) {
        return os;
      }
    }
    throw new IllegalArgumentException("Not a system: '" + word + "' (linux, macos or windows)");
  }
}
