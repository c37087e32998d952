package dev.nimbus.testkit.storage;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.storage.ForgeStore.Place;
import dev.nimbus.core.storage.ForgeStore.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a memory storage knows of forges. Guarded by the {@link MemoryState} it is in. */
final class MemoryForges {
  /** Oldest first. */
  static final Comparator<Place> ORDER =
      Comparator.comparing(Place::queuedAt)
          .thenComparing(Place::id)
          .thenComparingInt(Place::attempt);

  private final List<Connection> connections = new ArrayList<>();
  private final List<MemoryForgeJob> jobs = new ArrayList<>();
  private final Map<Source, Instant> deliveries = new LinkedHashMap<>();
  private final List<Runner> runners = new ArrayList<>();

  List<Connection> connections() {
    return connections;
  }

  List<Runner> runners() {
    return runners;
  }

  void register(Runner runner) {
    if (runners.stream().noneMatch(runner::isSameAs)) {
      runners.add(runner);
    }
  }

  /** Remembers a delivery; false when it was seen before. */
  boolean isNew(Source source, Instant now) {
    return source.asked() || deliveries.putIfAbsent(source, now) == null;
  }

  void unsee(Source source) {
    deliveries.remove(source);
  }

  void add(MemoryForgeJob job) {
    if (!jobs.contains(job)) {
      jobs.add(job);
    }
  }

  Optional<MemoryForgeJob> find(Source source, ForgeJobKey key) {
    return jobs(job -> job.isOf(source.org(), source.connection()) && job.key().equals(key))
        .stream()
        .findFirst();
  }

  Optional<MemoryForgeJob> servedBy(MemoryJob job) {
    return jobs(other -> other.servedBy(job)).stream().findFirst();
  }

  /** Matching jobs, oldest first. */
  List<MemoryForgeJob> jobs(Predicate<MemoryForgeJob> which) {
    return jobs.stream()
        .filter(which)
        .sorted(Comparator.comparing(job -> Place.of(job.job()), ORDER))
        .toList();
  }

  void forgetServing(MemoryJob job) {
    servedBy(job).ifPresent(MemoryForgeJob::close);
  }

  void forget(OrgId org, ConnectionId connection) {
    jobs.removeIf(job -> job.isOf(org, connection));
    deliveries.keySet().removeIf(of -> of.org().equals(org) && of.connection().equals(connection));
    runners.removeIf(runner -> runner.isOf(org, connection));
  }

  /** Forgets what is old and needed by nobody. */
  int forgetBefore(Instant before, int limit) {
    var old =
        deliveries.entrySet().stream()
            .filter(delivery -> delivery.getValue().isBefore(before))
            .sorted(Map.Entry.comparingByValue())
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(deliveries::remove);
    var alone =
        jobs(job -> job.serving().isEmpty() && job.changedAt().isBefore(before)).stream()
            .sorted(Comparator.comparing(MemoryForgeJob::changedAt))
            .limit(limit - old.size())
            .toList();
    jobs.removeAll(alone);
    return old.size() + alone.size();
  }

  /** A runner of ours that its forge may know. */
  record Runner(
      OrgId org,
      ConnectionId connection,
      SandboxId sandbox,
      Repository repository,
      Instant registeredAt) {
    RunnerName name() {
      return RunnerName.of(sandbox);
    }

    boolean isOf(OrgId ofOrg, ConnectionId ofConnection) {
      return org.equals(ofOrg) && connection.equals(ofConnection);
    }

    boolean isSameAs(Runner other) {
      return isOf(other.org, other.connection) && sandbox.equals(other.sandbox);
    }
  }
}
