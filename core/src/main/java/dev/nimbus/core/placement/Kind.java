package dev.nimbus.core.placement;

import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.placement.Withheld.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's waiting jobs that ask for the same, and where they can run. */
final class Kind {
  private final Tenant tenant;
  private final Requirements requirements;
  private final Reach reach;
  private final List<Made> made = new ArrayList<>();
  private final Map<Code, Integer> withheld = new EnumMap<>(Code.class);
  private Instant postponedUntil = Instant.MAX;
  private boolean met;
  private boolean exhausted;
  private int blocked;

  Kind(Tenant tenant, Requirements requirements, Reach reach) {
    this.tenant = tenant;
    this.requirements = requirements;
    this.reach = reach;
  }

  /** Whether this is the first time it is asked. */
  boolean meet() {
    var first = !met;
    met = true;
    return first;
  }

  /** Machines to be made for it by one choice. */
  record Made(Choice choice, int count) {}

  Tenant tenant() {
    return tenant;
  }

  Requirements requirements() {
    return requirements;
  }

  /** Where machines for it may be made. */
  List<Choice> choices() {
    return reach.choices().stream().filter(this::fits).toList();
  }

  List<Made> made() {
    return made;
  }

  /** How many go without for a reason that is not a machine's. */
  Map<Code, Integer> withheld() {
    return withheld;
  }

  /** How many go without because no machine can be made for them. */
  int blocked() {
    return blocked;
  }

  /** When the first of those that are postponed are tried again. */
  Instant postponedUntil() {
    return postponedUntil;
  }

  void withhold(Code code, int jobs) {
    withheld.merge(code, jobs, Integer::sum);
  }

  void postpone(int jobs, Instant until) {
    withhold(Code.POSTPONED, jobs);
    postponedUntil = until.isBefore(postponedUntil) ? until : postponedUntil;
  }

  /**
   * Finds where so many more can run: on a host, on a machine that waits, on one that comes, on one
   * that is made. Returns for how many there is such a place. What is used up stays used up, so
   * once something was missing it is not looked for again.
   */
  int serve(int jobs) {
    var left = jobs;
    if (!exhausted) {
      left -= sit(left);
      left -= takeIdle(left);
      left -= takeComing(left);
      left -= make(left);
      exhausted = left > 0;
    }
    blocked += left;
    return jobs - left;
  }

  private int sit(int jobs) {
    var left = jobs;
    for (var row : reach.seats()) {
      left -= row.take(requirements.size(), left);
    }
    return jobs - left;
  }

  private int takeIdle(int jobs) {
    var left = jobs;
    for (var group : reach.idle()) {
      left -= fits(group) ? group.take(left) : 0;
    }
    return jobs - left;
  }

  /**
   * The one asked for first, wherever it is: what was there before a plan is taken before what the
   * plan had made, so that the next plan gives everybody the same and makes nothing.
   */
  private int takeComing(int jobs) {
    for (var taken = 0; taken < jobs; taken++) {
      var next = firstComing();
      if (next == null) {
        return taken;
      }
      next.take(1);
    }
    return jobs;
  }

  private @Nullable Group firstComing() {
    Group first = null;
    for (var group : reach.coming()) {
      if (group.left() > 0 && fits(group) && (first == null || group.comesBefore(first))) {
        first = group;
      }
    }
    return first;
  }

  private int make(int jobs) {
    var left = jobs;
    for (var choice : reach.choices()) {
      var count = left > 0 && fits(choice) ? Math.min(left, choice.left()) : 0;
      if (count > 0) {
        choice.take(count);
        note(choice, count);
        left -= count;
      }
    }
    return jobs - left;
  }

  private void note(Choice choice, int count) {
    var last = made.isEmpty() ? null : made.getLast();
    if (last != null && last.choice == choice) {
      made.set(made.size() - 1, new Made(choice, last.count + count));
    } else {
      made.add(new Made(choice, count));
    }
  }

  private boolean fits(Group group) {
    return requirements.size().fitsIn(group.size());
  }

  private boolean fits(Choice choice) {
    return requirements.size().fitsIn(choice.offering().size());
  }
}
