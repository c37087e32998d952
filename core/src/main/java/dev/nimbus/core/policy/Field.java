package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.policy.Patterns.Letters;

/** What a forge says of a job in one word, and a rule may ask for by patterns. */
public enum Field {
  REPOSITORY("of", "repository", Letters.FOLDED),
  /** Git tells branches apart by their case, so rules do, too. */
  BRANCH("on", "branch", Letters.EXACT),
  EVENT("caused by", "event", Letters.FOLDED),
  ACTOR("by", "actor", Letters.FOLDED);

  private final String preposition;
  private final String noun;
  private final Letters letters;

  Field(String preposition, String noun, Letters letters) {
    this.preposition = preposition;
    this.noun = noun;
    this.letters = letters;
  }

  /** Whether capitals count. */
  public Letters letters() {
    return letters;
  }

  String of(ForgeJob job) {
    return switch (this) {
      case REPOSITORY -> job.repository().value();
      case BRANCH -> job.branch();
      case EVENT -> job.event();
      case ACTOR -> job.actor();
    };
  }

  String words(Patterns patterns) {
    return preposition + " " + patterns.words(noun);
  }

  String words(ForgeJob job) {
    return preposition + " " + noun + " " + Words.quoted(of(job));
  }
}
