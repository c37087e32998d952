package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import java.util.List;
import java.util.stream.Collectors;

/** The job asks for more than one of these limits allows. */
public record LimitCondition(List<Limit> limits) implements Condition {
  private static final String ASK = "that ask for ";

  public LimitCondition {
    limits = List.copyOf(limits);
  }

  @Override
  public Answer of(Facts facts) {
    for (var limit : limits) {
      var exceeded = limit.exceeded(facts.asked());
      if (exceeded.isPresent()) {
        return new Answer.Holds(ASK + exceeded.get());
      }
    }
    return new Answer.Misses();
  }

  @Override
  public boolean unsure(ForgeJob job) {
    return false;
  }

  @Override
  public String words() {
    return limits.stream().map(Limit::words).collect(Collectors.joining(" or ", ASK, ""));
  }
}
