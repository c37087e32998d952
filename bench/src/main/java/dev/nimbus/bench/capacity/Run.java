package dev.nimbus.bench.capacity;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.Action.Make;
import dev.nimbus.core.placement.Action.Retire;
import dev.nimbus.core.placement.Fleet;
import dev.nimbus.core.placement.OrgCell;
import dev.nimbus.core.placement.Planner;
import dev.nimbus.core.placement.Seat;
import dev.nimbus.core.placement.Situation;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.placement.Terms;
import dev.nimbus.core.placement.Waiting;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Owner;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Pools on one cloud, day after day. What happens is taken in order of time; the planner has its
 * turn every five seconds in which something happened, and once a minute in any case. A machine
 * takes the oldest job when it is ready, and a job the machine that waits longest.
 */
public final class Run {
  /** How often the planner looks. */
  static final Duration TURN = Duration.ofSeconds(5);

  private static final long ENDING_MILLIS = 5_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 3_600_000;

  private final Cloud cloud;
  private final List<Site> sites = new ArrayList<>();
  private final Map<PoolName, Site> byName = new HashMap<>();
  private final List<Pool> pools;
  private final Terms terms;
  private final Bill bill;
  private final Agenda agenda = new Agenda();
  private final Map<MachineName, Simulated> machines = new LinkedHashMap<>();
  private final Map<MachineName, Seat> heard = new HashMap<>();
  private final Map<Owner, Integer> warm = new HashMap<>();
  private final Map<Simulated, Workload.Job> running = new HashMap<>();
  private final RandomGenerator random = new SplittableRandom(11);
  private final Waits waits = new Waits();
  private long turn;
  private long lastTurn;
  private long remembered;
  private long made;
  private boolean happened;
  private double idleMillis;
  private double allMillis;
  private int most;
  private long plans;
  private long planNanos;

  /** So many alike pools. */
  public Run(Cloud cloud, Policy policy, int pools) {
    this.cloud = cloud;
    for (var i = 0; i < pools; i++) {
      var site = new Site(i, cloud, policy);
      sites.add(site);
      byName.put(site.pool().name(), site);
    }
    this.pools = sites.stream().map(Site::pool).toList();
    var billing = new HashMap<OrgCell, Billing>();
    for (var pool : this.pools) {
      var cell = pool.offerings().getFirst().cells().getFirst();
      billing.put(new OrgCell(pool.org(), cell), cloud.billing());
    }
    terms = new Terms(Map.of(), billing, Map.of(), Map.of(), Map.of());
    bill = new Bill(cloud);
  }

  /** Lets days pass of which only what came is remembered. */
  public Run before(Workload workload, int days) {
    for (var day = 0; day < days; day++) {
      for (var job : workload.day(day)) {
        site(job).count(job.at());
      }
    }
    begin(workload.start(days).toEpochMilli());
    return this;
  }

  /** Lives through days; returns what came of them once all machines are gone. */
  public Outcome during(Workload workload, int first, int days) {
    for (var day = first; day < first + days; day++) {
      workload.day(day).forEach(this::come);
    }
    return toTheEnd();
  }

  /** Begins at a time, with what is remembered until then. */
  void begin(long now) {
    turn = now;
    lastTurn = now;
    remembered = now / HOUR;
    sites.forEach(site -> site.remember(Instant.ofEpochMilli(now)));
  }

  void come(Workload.Job job) {
    until(job.at());
    var site = site(job);
    site.count(job.at());
    happened = true;
    var machine = site.idle().poll();
    if (machine == null) {
      site.queue().add(job);
    } else {
      idleMillis += job.at() - machine.idleSince();
      start(machine, job, job.at());
    }
  }

  Outcome toTheEnd() {
    while (waiting() || !running.isEmpty()) {
      until(turn + 1);
    }
    var now = turn;
    machines.values().forEach(machine -> end(machine, now));
    var seconds = waits.seconds(0.5, 0.95, 0.99);
    return new Outcome(
        bill.dollars(),
        waits.count(),
        seconds[0],
        seconds[1],
        seconds[2],
        waits.meanSeconds(),
        allMillis == 0 ? 0 : idleMillis / allMillis,
        most,
        plans,
        plans == 0 ? 0 : planNanos / 1e3 / plans);
  }

  private boolean waiting() {
    return sites.stream().anyMatch(site -> !site.queue().isEmpty());
  }

  /** Lets everything happen that happens before a time. */
  private void until(long time) {
    while (Math.min(agenda.next(), turn) < time) {
      if (agenda.next() <= turn) {
        happen(agenda.take());
      } else {
        takeTurn();
      }
    }
  }

  private void happen(Agenda.Entry entry) {
    happened = true;
    var machine = entry.machine();
    switch (entry.what()) {
      case READY -> {
        if (machines.containsKey(machine.seen().name())) {
          ready(machine, entry.at());
        }
      }
      case DONE -> {
        running.remove(machine);
        machine.done();
        heard.put(machine.seen().name(), site(machine).seat(false));
      }
      case GONE -> {
        machines.remove(machine.seen().name());
        heard.remove(machine.seen().name());
        end(machine, entry.at());
      }
    }
  }

  private void ready(Simulated machine, long now) {
    machine.ready(now);
    var site = site(machine);
    heard.put(machine.seen().name(), site.seat(false));
    var job = site.queue().poll();
    if (job == null) {
      site.idle().add(machine);
    } else {
      start(machine, job, now);
    }
  }

  private void start(Simulated machine, Workload.Job job, long now) {
    waits.add(now - job.at());
    machine.works();
    running.put(machine, job);
    heard.put(machine.seen().name(), site(machine).seat(true));
    agenda.add(now + job.runs(), Agenda.What.DONE, machine);
  }

  private void end(Simulated machine, long now) {
    allMillis += now - machine.began();
    bill.end(machine.began(), now, machine.paid());
  }

  private void takeTurn() {
    var now = Instant.ofEpochMilli(turn);
    if (turn / HOUR != remembered) {
      remembered = turn / HOUR;
      sites.forEach(site -> site.remember(now));
    }
    if (happened || turn - lastTurn >= MINUTE) {
      if (turn / MINUTE != lastTurn / MINUTE || plans == 0) {
        sites.forEach(site -> warm.put(site.owner(), site.warm(now)));
      }
      lastTurn = turn;
      happened = false;
      plan(now);
    }
    turn += TURN.toMillis();
  }

  private void plan(Instant now) {
    var lanes = new ArrayList<Waiting>();
    sites.forEach(site -> lanes.addAll(site.waiting()));
    var seen = new ArrayList<Machine>(machines.size());
    machines.values().forEach(machine -> seen.add(machine.seen()));
    var fleet = new Fleet(seen, heard);
    var situation = new Situation(lanes, List.of(), fleet, pools, terms, Spending.NONE, warm, now);
    var began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    var plan = Planner.plan(situation);
    planNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
    plans++;
    for (var action : plan.actions()) {
      switch (action) {
        case Make make -> make(make);
        case Retire retire -> retire(retire);
      }
    }
    most = Math.max(most, machines.size());
  }

  private void make(Make make) {
    for (var i = 0; i < make.count(); i++) {
      var machine = new Simulated(made++, make, turn, bill.begin(turn));
      machines.put(machine.seen().name(), machine);
      agenda.add(turn + cloud.start(random).toMillis(), Agenda.What.READY, machine);
    }
  }

  private void retire(Retire retire) {
    var machine = machines.get(retire.machine());
    if (machine == null || machine.seen().busy()) {
      return;
    }
    if (site(machine).idle().remove(machine)) {
      idleMillis += turn - machine.idleSince();
    }
    machine.ends();
    agenda.add(turn + ENDING_MILLIS, Agenda.What.GONE, machine);
  }

  private Site site(Workload.Job job) {
    return sites.get((int) (job.runs() % sites.size()));
  }

  private Site site(Simulated machine) {
    return Objects.requireNonNull(byName.get(machine.seen().pool()));
  }

  /** What plans have cost since this was asked last, in milliseconds each. */
  double planMillis() {
    var millis = plans == 0 ? 0 : planNanos / 1e6 / plans;
    plans = 0;
    planNanos = 0;
    return millis;
  }

  int machines() {
    return machines.size();
  }
}
