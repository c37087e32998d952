package dev.nimbus.controlplane.repair;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.forge.Redelivering;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A forge that says what a test wrote down for it, and remembers what it was asked and told. */
final class ScriptedForge implements Forge, Redelivering {
  final List<ForgeJob> waiting = new ArrayList<>();
  final Map<Repository, NimbusException> failing = new HashMap<>();
  final List<ForgeJobKey> asked = new ArrayList<>();
  final List<ForgeJobKey> told = new ArrayList<>();
  final List<RunnerName> retired = new ArrayList<>();
  final List<Instant> redelivered = new ArrayList<>();
  boolean canBeTold = true;
  int lost;

  @Override
  public ForgeKind kind() {
    return ForgeKind.FORGEJO;
  }

  @Override
  public Heard parse(Delivery delivery) {
    return new Heard("", new Event.Rejected("no webhooks"));
  }

  @Override
  public List<ForgeJob> waiting(Optional<Repository> repository) {
    return List.copyOf(waiting);
  }

  /** Every job that does not wait any more is over. */
  @Override
  public Optional<Event> ask(ForgeJobKey job, Repository repository) {
    asked.add(job);
    fail(repository);
    return Optional.of(new Event.JobFinished(job, repository, "", "success"));
  }

  @Override
  public Registered register(RunnerSpec spec) {
    return new Registered.Refused("no runners");
  }

  @Override
  public Retired unregister(RunnerName name, Repository repository) {
    fail(repository);
    retired.add(name);
    return Retired.GONE;
  }

  @Override
  public List<ForgeRunner> runners() {
    return List.of();
  }

  @Override
  public List<Finding> check() {
    return List.of();
  }

  @Override
  public boolean giveUp(ForgeJob job, String why) {
    fail(job.repository());
    told.add(job.key());
    return canBeTold;
  }

  @Override
  public int redeliver(Instant since, int limit) {
    redelivered.add(since);
    return Math.min(lost, limit);
  }

  private void fail(Repository repository) {
    var failure = failing.get(repository);
    if (failure != null) {
      throw failure;
    }
  }
}
