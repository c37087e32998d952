package dev.nimbus.testkit.forge.gitlab;

import java.util.Locale;

/** How far a job has come. */
enum Status {
  CREATED,
  PENDING,
  RUNNING,
  CANCELING,
  SUCCESS,
  FAILED,
  CANCELED;

  boolean over() {
    return this == SUCCESS || this == FAILED || this == CANCELED;
  }

  boolean runs() {
    return this == RUNNING || this == CANCELING;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
