package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The forge says this of whose code the job runs. */
public record TrustCondition(Set<Trust> trusts) implements Condition {
  public TrustCondition {
    trusts = Set.copyOf(trusts);
  }

  @Override
  public Answer of(Facts facts) {
    var trust = facts.job().trust();
    return trusts.contains(trust)
        ? new Answer.Holds("with trust " + Words.quoted(word(trust)))
        : new Answer.Misses();
  }

  @Override
  public boolean unsure(ForgeJob job) {
    return job.trust() == Trust.UNKNOWN;
  }

  @Override
  public String words() {
    return "with trust "
        + Words.either(List.copyOf(trusts).stream().sorted().map(TrustCondition::word).toList());
  }

  private static String word(Trust trust) {
    return trust.name().toLowerCase(Locale.ROOT);
  }
}
