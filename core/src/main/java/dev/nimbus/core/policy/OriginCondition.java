package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import java.util.Set;
import java.util.stream.Collectors;

/** The job runs the code of one of these. */
public record OriginCondition(Set<Origin> origins) implements Condition {
  public OriginCondition {
    origins = Set.copyOf(origins);
  }

  @Override
  public Answer of(Facts facts) {
    return origins.contains(facts.origin())
        ? new Answer.Holds(facts.origin().words())
        : new Answer.Misses();
  }

  @Override
  public boolean unsure(ForgeJob job) {
    return job.trust() == Trust.UNKNOWN;
  }

  @Override
  public String words() {
    return origins.stream().sorted().map(Origin::words).collect(Collectors.joining(" or "));
  }
}
