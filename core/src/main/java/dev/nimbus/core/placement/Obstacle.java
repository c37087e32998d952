package dev.nimbus.core.placement;

import dev.nimbus.core.placement.Withheld.Code;
import java.util.List;

/** Why a machine cannot be made. */
record Obstacle(Code code, String sentence) {
  private static final int MOST_TOLD = 3;

  /** Of every choice there is: the most wanted one's, and what is wrong with the next ones. */
  static Obstacle of(List<Choice> choices) {
    var all = choices.stream().map(Choice::obstacle).distinct().limit(MOST_TOLD + 1).toList();
    var told = all.stream().limit(MOST_TOLD).map(Obstacle::sentence).toList();
    var more = all.size() > MOST_TOLD ? " And so on." : "";
    return new Obstacle(all.getFirst().code, String.join(" ", told) + more);
  }
}
