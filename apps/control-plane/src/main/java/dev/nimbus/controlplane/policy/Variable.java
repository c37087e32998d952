package dev.nimbus.controlplane.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.policy.Facts;
import java.util.Locale;

/** What an expression may ask of a job, as {@code job.branch}. */
enum Variable {
  ORG,
  REPOSITORY,
  OWNER,
  LABELS,
  WORKFLOW,
  NAME,
  TITLE,
  BRANCH,
  EVENT,
  ACTOR,
  TRUST,
  IMAGE,
  CPUS,
  MEMORY_BYTES,
  ATTEMPT,
  QUEUED_AT;

  private static final String PREFIX = "job.";

  private final String word = PREFIX + name().toLowerCase(Locale.ROOT);

  /** As expressions write it. */
  String word() {
    return word;
  }

  /** In the type the expression was checked for; sizes are 0 where the job does not ask. */
  Object of(Facts facts) {
    var job = facts.job();
    return switch (this) {
      case ORG -> facts.org().value();
      case REPOSITORY -> job.repository().value();
      case OWNER -> job.owner();
      case LABELS -> facts.labels();
      case WORKFLOW -> job.workflow();
      case NAME -> job.name();
      case TITLE -> job.title();
      case BRANCH -> job.branch();
      case EVENT -> job.event();
      case ACTOR -> job.actor();
      case TRUST -> job.trust().name().toLowerCase(Locale.ROOT);
      case IMAGE -> facts.asked().image().orElse("");
      case CPUS -> facts.asked().milliCpus().orElse(0) / 1000.0;
      case MEMORY_BYTES -> facts.asked().memoryBytes().orElse(0L);
      case ATTEMPT -> (long) job.key().attempt();
      case QUEUED_AT -> job.queuedAt();
    };
  }

  /** Whether the forge has not said it of a job, though it may when asked. */
  boolean unsaid(ForgeJob job) {
    return switch (this) {
      case TITLE -> job.title().isEmpty();
      case BRANCH -> job.branch().isEmpty();
      case EVENT -> job.event().isEmpty();
      case ACTOR -> job.actor().isEmpty();
      case TRUST -> job.trust() == Trust.UNKNOWN;
      default -> false;
    };
  }
}
