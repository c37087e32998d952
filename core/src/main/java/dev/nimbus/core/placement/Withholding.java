package dev.nimbus.core.placement;

import dev.nimbus.core.placement.Withheld.Code;
import java.util.ArrayList;
import java.util.List;

/** Says of every kind of jobs that goes without a machine why it does. */
final class Withholding {
  private final Nearest nearest = new Nearest();
  private final List<Withheld> all = new ArrayList<>();

  static List<Withheld> of(List<Kind> kinds) {
    var withholding = new Withholding();
    kinds.forEach(withholding::tell);
    return withholding.all;
  }

  private void tell(Kind kind) {
    if (kind.blocked() > 0) {
      var none = kind.choices().isEmpty();
      var obstacle = none ? nearest.to(kind) : Obstacle.of(kind.choices());
      tell(kind, obstacle.code(), kind.blocked(), obstacle.sentence());
    }
    kind.withheld().forEach((code, jobs) -> tell(kind, code, jobs, sentence(kind, code)));
  }

  private void tell(Kind kind, Code code, int jobs, String sentence) {
    var subject = new Withheld.Subject.Jobs(kind.requirements());
    all.add(new Withheld(kind.tenant().org(), subject, code, jobs, sentence));
  }

  private static String sentence(Kind kind, Code code) {
    if (code == Code.POSTPONED) {
      return "No host could run them; they are tried again from " + kind.postponedUntil() + ".";
    }
    return code == Code.ORG_LIMIT
        ? "Tenant '" + kind.tenant().org() + "' runs, or is about to, as many jobs as it may."
        : "Their repositories run, or are about to, as many jobs as they may.";
  }
}
