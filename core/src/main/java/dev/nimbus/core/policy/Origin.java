package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import java.util.Locale;

/** Whose code a job runs, as far as its forge says. */
public enum Origin {
  /** That of people who may write to the repository. */
  MEMBER("from members"),
  /** That of a fork of somebody who may not. */
  FORK("from a fork"),
  /** That of a pull request, and the forge does not say whose. */
  UNSURE("from a pull request of nobody knows whom"),
  /** The forge says neither whose it is nor what caused the job. */
  UNTOLD("whose cause the forge does not say");

  private final String words;

  Origin(String words) {
    this.words = words;
  }

  /** Reads what the forge says; a pull request of nobody knows whom is never a member's. */
  public static Origin of(ForgeJob job) {
    return switch (job.trust()) {
      case MEMBER -> MEMBER;
      case FORK -> FORK;
      case UNKNOWN -> ofEvent(job.event().strip().toLowerCase(Locale.ROOT));
    };
  }

  /** As the end of "jobs …". */
  String words() {
    return words;
  }

  private static Origin ofEvent(String event) {
    if (event.isEmpty()) {
      return UNTOLD;
    }
    return event.startsWith("pull_request") || event.startsWith("merge_request") ? UNSURE : MEMBER;
  }
}
