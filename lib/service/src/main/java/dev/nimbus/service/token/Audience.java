package dev.nimbus.service.token;

import java.util.Locale;

/** Whom a token speaks to: it is believed by routes for exactly this audience. */
public enum Audience {
  /** People and programs that operate an installation. */
  ADMIN,
  /** Host agents. */
  AGENT,
  /** A job, and what its agent does for it. */
  JOB,
  /** A service of Nimbus calling another. */
  SERVICE;

  /** The word in the token. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}; anything else is {@link IllegalArgumentException}. */
  public static Audience of(String word) {
    for (var audience : values()) {
      if (audience.word().equals(word)) {
        return audience;
      }
    }
    throw new IllegalArgumentException(
        "Not an audience: '" + word + "' (admin, agent, job or service)");
  }
}
