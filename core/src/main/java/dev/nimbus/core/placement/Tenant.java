package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tenant's pools, and what its jobs were given so far in this plan. */
final class Tenant {
  private final OrgId org;
  private final Purse purse;
  private final Map<String, Holding> holdings = new TreeMap<>();
  private final Map<PoolName, Holding> byName = new HashMap<>();
  private final LabelIndex<Choice> choices = new LabelIndex<>();
  private final LabelIndex<Group> idle = new LabelIndex<>();
  private final LabelIndex<Group> coming = new LabelIndex<>();
  private final Map<Labels, Reach> reaches = new HashMap<>();
  private final Map<Requirements, Kind> kinds = new HashMap<>();
  private final Map<Repository, Integer> byRepository = new HashMap<>();
  private long waiting;
  private int served;

  Tenant(OrgId org, Purse purse) {
    this.org = org;
    this.purse = purse;
  }

  OrgId org() {
    return org;
  }

  Purse purse() {
    return purse;
  }

  void add(Holding holding) {
    holdings.put(holding.pool().name().value(), holding);
    byName.put(holding.pool().name(), holding);
  }

  /** In order of name. */
  Collection<Holding> holdings() {
    return holdings.values();
  }

  @Nullable Holding holding(PoolName name) {
    return byName.get(name);
  }

  /** Makes everything findable by its labels, once all machines are sorted in. */
  void index() {
    for (var holding : holdings.values()) {
      for (var choice : holding.choices()) {
        choices.add(choice.labels(), choice);
        index(choice);
      }
    }
  }

  /** All waiting jobs of the tenant's that ask for the same. */
  Kind kind(Requirements requirements, Seats seats) {
    var known = kinds.get(requirements);
    if (known == null) {
      known = new Kind(this, requirements, reach(requirements.labels(), seats));
      kinds.put(requirements, known);
    }
    return known;
  }

  private Reach reach(Labels wanted, Seats seats) {
    return reaches.computeIfAbsent(wanted, _ -> new Reach(this, wanted, seats));
  }

  LabelIndex<Choice> choices() {
    return choices;
  }

  LabelIndex<Group> idle() {
    return idle;
  }

  LabelIndex<Group> coming() {
    return coming;
  }

  /** Counts jobs that wait: a cap that leaves room for all of them is none. */
  void expect(Waiting lane) {
    waiting += lane.jobs();
  }

  /** How many more jobs may run, of so many at first, as far as the tenant's cap goes. */
  int room(int orgRoom) {
    return Math.max(0, orgRoom - served);
  }

  /** How many more jobs may run, of so many at first, as far as the repository's cap goes. */
  int repositoryRoom(Waiting lane, int room) {
    return room < waiting
        ? Math.max(0, room - byRepository.getOrDefault(lane.repository(), 0))
        : Integer.MAX_VALUE;
  }

  /** Counts jobs that have, or will have, where to run. */
  void serve(Waiting lane, int repositoryRoom, int jobs) {
    served += jobs;
    if (repositoryRoom < waiting && jobs > 0) {
      byRepository.merge(lane.repository(), jobs, Integer::sum);
    }
  }

  private void index(Choice choice) {
    choice.idle().sort(Group.ORDER);
    choice.coming().sort(Group.ORDER);
    for (var group : choice.idle()) {
      group.sort(Group.YOUNGEST);
      idle.add(group.labels(), group);
    }
    for (var group : choice.coming()) {
      group.sort(Group.OLDEST);
      coming.add(group.labels(), group);
    }
  }
}
