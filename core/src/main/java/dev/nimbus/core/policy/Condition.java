package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;

/**
 * One thing a rule asks of a job. Pure and thread-safe, and its time is bounded whatever the job
 * says.
 */
public interface Condition {
  Answer of(Facts facts);

  /** Whether it looks at something the forge has not said of this job. */
  boolean unsure(ForgeJob job);

  /** As the end of "jobs …", such as {@code with label 'gpu'}. */
  String words();

  /** What a condition says of a job. */
  sealed interface Answer {
    /**
     * The job is such a one.
     *
     * @param words as {@link Condition#words}, with what the job has
     */
    record Holds(String words) implements Answer {}

    record Misses() implements Answer {}

    /** It cannot be said. */
    record Broken(String why) implements Answer {}
  }
}
