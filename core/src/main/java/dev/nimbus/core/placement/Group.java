package dev.nimbus.core.placement;

import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Machines of a pool that are alike, each for one job, of which the first are taken. */
final class Group {
  /** Those that came last are taken first, so that those that waited longest can be ended. */
  static final Comparator<Machine> YOUNGEST =
      Comparator.comparing(Group::since).reversed().thenComparing(m -> m.name().value());

  /** Those asked for first are taken first: they are ready first. */
  static final Comparator<Machine> OLDEST =
      Comparator.comparing((Machine m) -> m.moments().asked()).thenComparing(m -> m.name().value());

  /** What makes the order of a choice's groups not depend on the order of its machines. */
  static final Comparator<Group> ORDER =
      Comparator.comparingInt((Group group) -> group.size.milliCpus())
          .thenComparingLong(group -> group.size.memoryBytes())
          .thenComparing(group -> group.labels.toString());

  private final Choice choice;
  private final Labels labels;
  private final Size size;
  private final List<Machine> machines = new ArrayList<>();
  private int taken;

  private Group(Choice choice, Labels labels, Size size) {
    this.choice = choice;
    this.labels = labels;
    this.size = size;
  }

  /** The one of these, or a new one among them; there are few. */
  static Group among(List<Group> groups, Choice choice, Labels labels, Size size) {
    for (var group : groups) {
      if (group.size.equals(size) && group.labels.equals(labels)) {
        return group;
      }
    }
    var group = new Group(choice, labels, size);
    groups.add(group);
    return group;
  }

  Choice choice() {
    return choice;
  }

  Labels labels() {
    return labels;
  }

  Size size() {
    return size;
  }

  void add(Machine machine) {
    machines.add(machine);
  }

  void sort(Comparator<Machine> order) {
    machines.sort(order);
  }

  int left() {
    return machines.size() - taken;
  }

  /** Takes as many as there are, at most so many; returns how many. */
  int take(int most) {
    var count = Math.min(most, left());
    taken += count;
    return count;
  }

  /** Whether its next one was asked for before the other's. */
  boolean comesBefore(Group other) {
    return nextAsked().isBefore(other.nextAsked());
  }

  /** Those not taken. */
  List<Machine> rest() {
    return machines.subList(taken, machines.size());
  }

  /** Since when a machine waits for a job. */
  static Instant since(Machine machine) {
    return machine.moments().ready().orElse(machine.moments().asked());
  }

  private Instant nextAsked() {
    return machines.get(taken).moments().asked();
  }
}
