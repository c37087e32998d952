package dev.nimbus.core.placement;

import dev.nimbus.core.job.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Where jobs of a tenant that ask for these labels can run, as far as labels go. */
final class Reach {
  private final Labels wanted;
  private final List<SeatRow> seats;
  private final List<Group> idle;
  private final List<Group> coming;
  private final List<Choice> choices;

  Reach(Tenant tenant, Labels wanted, Seats hosts) {
    this.wanted = wanted;
    seats = hosts.covering(tenant.org(), wanted);
    idle = preferred(tenant.idle().covering(wanted), Group::choice);
    coming = preferred(tenant.coming().covering(wanted), Group::choice);
    choices = preferred(tenant.choices().covering(wanted), Function.identity());
  }

  List<SeatRow> seats() {
    return seats;
  }

  List<Group> idle() {
    return idle;
  }

  List<Group> coming() {
    return coming;
  }

  List<Choice> choices() {
    return choices;
  }

  /** In order of the pools' names, but a pool that is asked for by its name comes first. */
  private <T> List<T> preferred(List<T> found, Function<T, Choice> of) {
    var sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(one -> !asked(of.apply(one).holding())));
    return sorted;
  }

  private boolean asked(Holding holding) {
    return wanted.values().contains(holding.pool().name().value());
  }
}
