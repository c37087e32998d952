package dev.nimbus.testkit.storage;

import dev.nimbus.core.cost.Bill;
import dev.nimbus.core.cost.Life;
import dev.nimbus.core.cost.MachineSpend;
import dev.nimbus.core.cost.Worked;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Moments;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.storage.MachineStore.Unanswered;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A machine and how far it has come. Guarded by the {@link MemoryState} it is in. */
final class MemoryMachine {
  private final NewMachine origin;
  private final Instant askedAt;
  private final Map<Point, Instant> reached = new EnumMap<>(Point.class);
  private Stage stage = Stage.ASKED;
  private String providerId = "";
  private Report report = Report.NONE;
  private Machine.@Nullable End end;
  private boolean answered;
  private long served;
  private @Nullable Worked worked;
  private long revision = 1;

  MemoryMachine(NewMachine origin, Instant now) {
    this.origin = origin;
    this.askedAt = now;
  }

  MachineName name() {
    return origin.spec().name();
  }

  OrgId org() {
    return origin.spec().owner().org();
  }

  boolean isOf(Pool pool) {
    return org().equals(pool.org()) && origin.spec().owner().pool().equals(pool.name());
  }

  boolean isOf(ProviderAccount account) {
    return org().equals(account.org()) && origin.spec().cell().provider().equals(account.name());
  }

  boolean gone() {
    return stage == Stage.GONE;
  }

  boolean wanted() {
    return stage.compareTo(Stage.ENDING) < 0;
  }

  Instant askedAt() {
    return askedAt;
  }

  Instant goneAt() {
    return reached.getOrDefault(Point.GONE, Instant.MAX);
  }

  /** Whether its host may be granted a job now. */
  boolean takesJobs() {
    return stage == Stage.READY && served == 0;
  }

  void granted(long job, Instant now) {
    served = job;
    worked = new Worked(now, Optional.empty());
  }

  void returned(long job) {
    if (served == job) {
      served = 0;
      worked = null;
    }
  }

  void finished(long job, Instant now) {
    if (served == job && worked != null && !gone()) {
      worked = new Worked(worked.from(), Optional.of(now));
    }
  }

  /** The job it was granted; 0 for none. */
  long served() {
    return served;
  }

  Optional<Unanswered> unanswered() {
    var spec = origin.spec();
    return answered || !wanted()
        ? Optional.empty()
        : Optional.of(
            new Unanswered(
                new MachineSpec(
                    spec.name(), spec.owner(), spec.cell(), spec.diskGib(), "", spec.maxLife()),
                origin.userData()));
  }

  boolean launched(String id, Instant now) {
    var first = !reached.containsKey(Point.LAUNCHED) && !gone();
    revision += first || !providerId.equals(id) ? 1 : 0;
    providerId = id;
    answered = true;
    stage = stage == Stage.ASKED ? Stage.BOOTING : stage;
    if (first) {
      reached.put(Point.LAUNCHED, now);
    }
    return wanted();
  }

  boolean proves(String ticket) {
    return !gone() && origin.ticket().equals(ticket);
  }

  Owner owner() {
    return origin.spec().owner();
  }

  MachineSpend.Kind kind() {
    var cell = origin.spec().cell();
    return new MachineSpend.Kind(cell.provider(), cell.place(), cell.type(), cell.market());
  }

  /** Whether it showed that it exists. */
  boolean existed() {
    return Stream.of(Point.LAUNCHED, Point.REDEEMED, Point.READY).anyMatch(reached::containsKey);
  }

  /** Whether it exists. */
  boolean open() {
    return existed() && !gone();
  }

  /** What it costs until now, or cost. */
  Bill bill(Instant now) {
    var until = gone() ? goneAt() : now;
    var cause = Optional.ofNullable(end).map(Machine.End::cause);
    var life = new Life(askedAt, until, gone(), origin.warm(), Optional.ofNullable(worked), cause);
    return new Bill(origin.microsPerHour(), origin.billing(), life);
  }

  boolean redeem(String ticket, Instant now) {
    if (!wanted() || reached.containsKey(Point.REDEEMED) || !origin.ticket().equals(ticket)) {
      return false;
    }
    reached.put(Point.REDEEMED, now);
    revision++;
    return true;
  }

  boolean ready(Instant now) {
    if (wanted() && stage != Stage.READY) {
      stage = Stage.READY;
      revision++;
      reached.put(Point.READY, now);
    }
    return wanted();
  }

  boolean report(Report said) {
    if (gone()) {
      return false;
    }
    revision += report.equals(said) ? 0 : 1;
    report = said;
    return true;
  }

  boolean retire(Machine.End why, Instant now) {
    if (!wanted()) {
      return false;
    }
    stage = Stage.ENDING;
    end = why;
    revision++;
    reached.put(Point.ENDING, now);
    return true;
  }

  boolean gone(Instant now) {
    if (stage != Stage.ENDING) {
      return false;
    }
    stage = Stage.GONE;
    revision++;
    reached.put(Point.GONE, now);
    return true;
  }

  Machine machine(boolean busy) {
    return new Machine(
        org(),
        name(),
        origin.spec().owner().pool(),
        origin.spec().cell(),
        origin.size(),
        origin.microsPerHour(),
        origin.warm(),
        origin.purpose(),
        stage,
        providerId,
        report,
        busy,
        Optional.ofNullable(end),
        new Moments(
            askedAt,
            at(Point.LAUNCHED),
            at(Point.REDEEMED),
            at(Point.READY),
            at(Point.ENDING),
            at(Point.GONE)),
        revision);
  }

  private Optional<Instant> at(Point point) {
    return Optional.ofNullable(reached.get(point));
  }

  /** The moments that come, or not. */
  private enum Point {
    LAUNCHED,
    REDEEMED,
    READY,
    ENDING,
    GONE
  }
}
