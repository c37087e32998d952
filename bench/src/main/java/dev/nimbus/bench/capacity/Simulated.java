package dev.nimbus.bench.capacity;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Moments;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Action.Make;
import java.time.Instant;
import java.util.Optional;

/** A machine that does what it should. */
final class Simulated {
  private final long number;
  private final long began;
  private final long paid;
  private Machine seen;
  private long idleSince;

  Simulated(long number, Make make, long now, long paid) {
    this.number = number;
    this.began = now;
    this.paid = paid;
    var none = Optional.<Instant>empty();
    var asked = Instant.ofEpochMilli(now);
    var moments = new Moments(asked, Optional.of(asked), none, none, none, none);
    seen =
        new Machine(
            make.owner().org(),
            new MachineName("nb-abcdefgh-%08d".formatted(number % 100_000_000)),
            make.owner().pool(),
            make.cell(),
            make.offering().size(),
            make.microsPerHour(),
            make.warm(),
            "",
            Stage.BOOTING,
            "",
            Report.NONE,
            false,
            Optional.empty(),
            moments,
            1);
  }

  long number() {
    return number;
  }

  long began() {
    return began;
  }

  long paid() {
    return paid;
  }

  Machine seen() {
    return seen;
  }

  long idleSince() {
    return idleSince;
  }

  void ready(long now) {
    idleSince = now;
    var at = Optional.of(Instant.ofEpochMilli(now));
    var was = seen.moments();
    var moments = new Moments(was.asked(), was.launched(), at, at, was.ending(), was.gone());
    seen = changed(Stage.READY, Report.NONE, false, moments);
  }

  void works() {
    seen = changed(Stage.READY, Report.NONE, true, seen.moments());
  }

  void done() {
    seen = changed(Stage.READY, new Report("done", ""), false, seen.moments());
  }

  void ends() {
    seen = changed(Stage.ENDING, seen.report(), false, seen.moments());
  }

  private Machine changed(Stage stage, Report report, boolean busy, Moments moments) {
    return new Machine(
        seen.org(),
        seen.name(),
        seen.pool(),
        seen.cell(),
        seen.size(),
        seen.microsPerHour(),
        seen.warm(),
        "",
        stage,
        "",
        report,
        busy,
        Optional.empty(),
        moments,
        1);
  }
}
