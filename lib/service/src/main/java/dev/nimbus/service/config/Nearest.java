package dev.nimbus.service.config;

import java.util.Collection;

/** Guesses what somebody meant who mistyped a name. */
public final class Nearest {
  private static final int FARTHEST = 3;

  private Nearest() {}

  /** The end of a sentence naming the closest candidate, or nothing when none is close. */
  public static String hint(String name, Collection<String> candidates) {
    var best = "";
    var distance = Math.min(FARTHEST, name.length() / 3) + 1;
    for (var candidate : candidates) {
      var edits = edits(name, candidate);
      if (edits < distance) {
        distance = edits;
        best = candidate;
      }
    }
    return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
  }

  private static int edits(String from, String to) {
    var row = new int[to.length() + 1];
    for (var j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
