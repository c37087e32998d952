package dev.nimbus.testkit.forge.kin;

import java.util.Locale;

/** How far a job has come. */
enum Status {
  WAITING,
  RUNNING,
  SUCCESS,
  FAILURE,
  CANCELLED;

  boolean over() {
    return this != WAITING && this != RUNNING;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
