package dev.nimbus.testkit.storage;

import dev.nimbus.core.cost.CostGroup;
import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.cost.JobUse;
import dev.nimbus.core.cost.MachineSpend;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.cost.Spent;
import dev.nimbus.core.cost.Tally;
import dev.nimbus.core.cost.Workload;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.CostStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Costs in memory. */
final class MemoryCostStore implements CostStore {
  private static final Set<Conclusion> CONCLUSIONS =
      EnumSet.of(Conclusion.SUCCEEDED, Conclusion.FAILED, Conclusion.TIMED_OUT);

  private final MemoryState state;

  MemoryCostStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public List<CostGroup> sums(OrgId org, Period period, Grouping by, Instant now) {
    return sums(org::equals, period, by, now);
  }

  @Override
  public List<CostGroup> sums(Period period, Instant now) {
    return sums(any -> true, period, Grouping.ORG, now);
  }

  @Override
  public List<Spent> spent(Instant now) {
    var sums = new TreeMap<String, Spent>();
    synchronized (state) {
      for (var line : state.fleet().ledger().everything()) {
        add(sums, line.machine(), line.booking().micros().total());
      }
      for (var machine : state.fleet().machines(MemoryMachine::open)) {
        add(sums, machine, machine.bill(now).total());
      }
    }
    return List.copyOf(sums.values());
  }

  private static void add(Map<String, Spent> sums, MemoryMachine machine, long micros) {
    var org = machine.org();
    var provider = machine.kind().provider();
    sums.merge(
        org + " " + provider,
        new Spent(org, provider, micros),
        (some, more) -> new Spent(org, provider, some.micros() + more.micros()));
  }

  @Override
  public List<MachineSpend> spends(OrgId org, Period period) {
    var sums = new TreeMap<String, MachineSpend>();
    synchronized (state) {
      state.fleet().ledger().lines(org::equals, period).stream()
          .filter(MemoryLedger.Line::priced)
          .map(MemoryLedger.Line::spend)
          .forEach(
              one ->
                  sums.merge(
                      one.pool() + " " + one.kind() + one.kind().market(),
                      one,
                      MemoryCostStore::sum));
    }
    return List.copyOf(sums.values());
  }

  private static MachineSpend sum(MachineSpend one, MachineSpend other) {
    return new MachineSpend(
        one.pool(),
        one.kind(),
        one.millis() + other.millis(),
        one.micros() + other.micros(),
        one.waited() + other.waited(),
        one.waitedMicros() + other.waitedMicros());
  }

  @Override
  public List<JobUse> uses(OrgId org, Period period, int limit) {
    synchronized (state) {
      return state.jobs(job -> job.org().equals(org) && counts(job, period)).reversed().stream()
          .sorted(Comparator.comparing(MemoryCostStore::endedAt).reversed())
          .limit(limit)
          .map(this::use)
          .toList();
    }
  }

  private static boolean counts(MemoryJob job, Period period) {
    return job.state() instanceof JobState.Ended(var outcome, var at)
        && CONCLUSIONS.contains(outcome.conclusion())
        && job.used().known()
        && job.history().getLast().started().isPresent()
        && !at.isBefore(period.begins())
        && at.isBefore(period.ends());
  }

  private static Instant endedAt(MemoryJob job) {
    return job.state() instanceof JobState.Ended(_, var at) ? at : Instant.MAX;
  }

  private JobUse use(MemoryJob job) {
    var started = job.history().getLast().started().orElseThrow();
    var name = state.forges().servedBy(job).map(served -> served.job().name()).orElse("");
    var workload =
        new Workload(job.repository(), MemoryLedger.workflow(job, state), name, job.requirements());
    return new JobUse(workload, Duration.between(started, endedAt(job)), job.used());
  }

  @Override
  public int forget(LocalDate before, int limit) {
    synchronized (state) {
      return state.fleet().ledger().forget(before, limit);
    }
  }

  private List<CostGroup> sums(Predicate<OrgId> whose, Period period, Grouping by, Instant now) {
    var tally = new Tally(by);
    synchronized (state) {
      state.fleet().ledger().lines(whose, period).forEach(line -> line.addTo(tally));
      for (var machine : state.fleet().machines(one -> whose.test(one.org()) && one.open())) {
        tally.add(MemoryLedger.attribution(machine, state), machine.bill(now), period);
      }
    }
    return tally.groups();
  }
}
