package dev.nimbus.core.cost;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What costs are summed up by. A machine is of one tenant and one pool, with all it costs. What its
 * job cost is of that job's one repository, one workflow and one set of labels; the rest is of
 * none, which is called {@link #NONE}. So nothing is counted twice and nothing is left out.
 */
public enum Grouping {
  ORG,
  POOL,
  REPOSITORY,
  /** Of a repository. */
  WORKFLOW,
  /** All labels the job asked for, together. */
  LABEL;

  /** Of no repository, workflow or label. */
  public static final String NONE = "-";

  /** As asked for, such as {@code repository}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}. */
  public static Grouping parse(String word) {
    for (var one : values()) {
      if (one.word().equals(word)) {
        return one;
      }
    }
    var known = Arrays.stream(values()).map(Grouping::word).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("Cannot sum up costs by '" + word + "' (" + known + ")");
  }

  /** Whether the whole machine belongs to one group, and not only its job. */
  boolean ofMachines() {
    return this == ORG || this == POOL;
  }
}
