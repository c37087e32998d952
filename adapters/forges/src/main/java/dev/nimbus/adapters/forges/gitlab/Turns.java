package dev.nimbus.adapters.forges.gitlab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes all of what matters each time, and of the rest a few in turn, so that none is left out. */
final class Turns {
  private static final int OF_THE_REST = 50;

  private int from;

  synchronized <T> List<T> next(List<T> all, Predicate<T> matters) {
    var rest = all.stream().filter(matters.negate()).toList();
    var taken = new ArrayList<>(all.stream().filter(matters).toList());
    from = from < rest.size() ? from : 0;
    var until = Math.min(rest.size(), from + OF_THE_REST);
    taken.addAll(rest.subList(from, until));
    from = until;
    return taken;
  }
}
