package dev.nimbus.core.placement;

import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.placement.Action.Make;
import java.util.List;
import java.util.stream.Stream;

/** Says which machines are made for what waits, and why. */
final class Making {
  private Making() {}

  static Stream<Make> of(List<Kind> kinds) {
    return kinds.stream().flatMap(kind -> kind.made().stream().map(made -> make(kind, made)));
  }

  static Make make(Choice choice, boolean warm, int count, String reason) {
    return new Make(
        choice.holding().owner(),
        choice.offering(),
        choice.cell(),
        choice.microsPerHour(),
        warm,
        count,
        reason);
  }

  /** Not by a format, which would be most of the cost of a plan. */
  static String words(Requirements wanted) {
    return "'"
        + wanted.labels()
        + "', "
        + wanted.size().milliCpus() / 1000.0
        + " cpus and "
        + (wanted.size().memoryBytes() >> 20)
        + " MiB";
  }

  private static Make make(Kind kind, Kind.Made made) {
    var reason =
        made.count()
            + (made.count() == 1 ? " job waits for " : " jobs wait for ")
            + words(kind.requirements())
            + ", and nothing that is there or coming is left.";
    return make(made.choice(), false, made.count(), reason);
  }
}
