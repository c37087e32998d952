package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Metadata;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.storage.JobStore.Admit;
import dev.nimbus.core.storage.JobStore.Cancel;
import dev.nimbus.core.storage.JobStore.Retry;
import java.time.Duration;
import java.util.List;

/** Submits one job until it hears that it was taken; may cancel it, may retry it. */
final class SimulatedClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final String name;
  private final OrgId org;
  private final World world;
  private final Uplink uplink;
  private final Party party;
  private final NewJob wish;
  private int tries;
  private boolean heard;

  SimulatedClient(String name, OrgId org, World world, Uplink uplink) {
    this.name = name;
    this.org = org;
    this.world = world;
    this.uplink = uplink;
    this.party = world.party();
    this.wish = wish(world.chance());
    party.rise();
  }

  /** Submits the job after a while, and later does what people do with jobs. */
  void begin(Duration delay) {
    party.after(delay, this::submit);
  }

  /** Whether it was told that its job was taken. */
  boolean heard() {
    return heard;
  }

  private void submit() {
    var attempt = again(new JobId(world.name(name + "-" + ++tries)));
    uplink.<Admit>call(
        party,
        PATIENCE,
        (plane, answer) ->
            plane.handle((storage, now) -> storage.jobs().admit(attempt, now), answer),
        new Hearing<>(this::answered, this::submitLater));
  }

  private void answered(Admit admit) {
    switch (admit) {
      case Admit.Admitted(var job) -> taken(job.id());
      case Admit.Seen(var job) -> taken(job.id());
      case Admit.Full _ -> submitLater();
      case Admit.KeyTaken(var by) -> throw new BrokenPromise(name + " is taken by " + by);
    }
  }

  private void taken(JobId job) {
    heard = true;
    if (world.fault(20)) {
      party.after(world.chance().upTo(Duration.ofSeconds(40)), () -> cancel(job));
    }
    if (world.fault(10)) {
      party.after(world.chance().upTo(Duration.ofSeconds(80)), () -> retry(job));
    }
  }

  private void cancel(JobId job) {
    uplink.<Cancel>call(
        party,
        PATIENCE,
        (plane, answer) ->
            plane.handle((storage, now) -> storage.jobs().cancel(org, job, now), answer),
        new Hearing<>(done -> {}, () -> cancel(job)));
  }

  private void retry(JobId job) {
    uplink.<Retry>call(
        party,
        PATIENCE,
        (plane, answer) ->
            plane.handle((storage, now) -> storage.jobs().retry(org, job, now), answer),
        new Hearing<>(done -> {}, () -> {}));
  }

  private void submitLater() {
    party.after(world.chance().upTo(PAUSE), this::submit);
  }

  private NewJob again(JobId id) {
    return new NewJob(
        org,
        id,
        wish.repository(),
        wish.spec(),
        wish.requirements(),
        wish.metadata(),
        wish.onceKey(),
        wish.digest());
  }

  private NewJob wish(Chance chance) {
    var time = Duration.ofMillis(chance.between(500, chance.percent(20) ? 60_000 : 12_000));
    var work = new Work(time, chance.percent(75) ? 0 : chance.between(1, 9));
    var labels = chance.percent(20) ? List.of("large") : List.<String>of();
    var size = new Size(1_000 * chance.between(1, 2), chance.between(1, 3) * (1L << 30));
    return new NewJob(
        org,
        new JobId(world.name(name)),
        chance.percent(20) ? Repository.NONE : new Repository("repo-" + chance.between(1, 2)),
        work.spec(Duration.ofSeconds(chance.between(20, 40))),
        new Requirements(Labels.of(labels), size),
        Metadata.NONE,
        world.name(name),
        "digest of " + name);
  }
}
