package dev.nimbus.testkit.storage;

import dev.nimbus.core.cost.Attribution;
import dev.nimbus.core.cost.Booking;
import dev.nimbus.core.cost.MachineSpend;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.cost.Tally;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What machines that are gone cost. Guarded by the {@link MemoryState} it is in. */
final class MemoryLedger {
  private final List<Line> lines = new ArrayList<>();
  private final List<Line> everything = new ArrayList<>();

  void close(MemoryMachine machine, MemoryState state) {
    var whose = attribution(machine, state);
    var bill = machine.bill(machine.goneAt());
    for (var booking : bill.bookings()) {
      lines.add(new Line(whose, machine, booking));
      everything.add(new Line(whose, machine, booking));
    }
  }

  /** All there ever were, also when they are forgotten. */
  List<Line> everything() {
    return everything;
  }

  /** Those of a period, also when they are forgotten. */
  List<Line> everything(Period period) {
    return everything.stream().filter(line -> period.contains(line.booking.day())).toList();
  }

  List<Line> lines(Predicate<OrgId> whose, Period period) {
    return lines.stream()
        .filter(line -> whose.test(line.whose.org()) && period.contains(line.booking.day()))
        .toList();
  }

  int forget(LocalDate before, int limit) {
    var old =
        lines.stream()
            .filter(line -> line.booking.day().isBefore(before))
            .sorted(Comparator.comparing(line -> line.booking.day()))
            .limit(limit)
            .toList();
    lines.removeAll(old);
    return old.size();
  }

  static Attribution attribution(MemoryMachine machine, MemoryState state) {
    var job = state.jobs(one -> one.seq() == machine.served()).stream().findFirst();
    return new Attribution(
        machine.org(),
        machine.owner().pool(),
        job.map(MemoryJob::repository).orElse(Repository.NONE),
        job.map(one -> workflow(one, state)).orElse(""),
        job.map(one -> one.requirements().labels()).orElse(Labels.NONE));
  }

  static String workflow(MemoryJob job, MemoryState state) {
    return state
        .forges()
        .servedBy(job)
        .map(served -> served.job().workflow())
        .filter(workflow -> !workflow.isEmpty())
        .or(() -> Optional.ofNullable(job.origin().metadata().values().get("workflow")))
        .orElse("");
  }

  /** What one machine cost on one day. */
  record Line(Attribution whose, MemoryMachine machine, Booking booking) {
    void addTo(Tally tally) {
      tally.add(whose, booking, priced());
    }

    boolean priced() {
      return machine.bill(machine.goneAt()).priced();
    }

    MachineSpend spend() {
      var waited = machine.served() == 0 ? booking.micros().warm() : 0;
      return new MachineSpend(
          whose.pool(),
          machine.kind(),
          booking.millis(),
          booking.micros().total(),
          waited > 0 && booking.first() ? 1 : 0,
          waited);
    }
  }
}
