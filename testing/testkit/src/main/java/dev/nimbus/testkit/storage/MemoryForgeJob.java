package dev.nimbus.testkit.storage;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.ForgeStore.Untold;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job of a forge and the job of ours that serves it. Guarded by the {@link MemoryState}. */
final class MemoryForgeJob {
  private final OrgId org;
  private final ConnectionId connection;
  private final ForgeJobKey key;
  private final String delivery;
  private final Instant firstHeard;
  private @Nullable ForgeJob facts;
  private @Nullable MemoryJob serving;
  private Stage stage = Stage.QUEUED;
  private int servings;
  private String runner = "";
  private String conclusion = "";
  private String rule = "";
  private Instant changedAt;
  private Instant toldEnd = Instant.MIN;

  MemoryForgeJob(Source source, ForgeJobKey key, String delivery, Instant now) {
    this.org = source.org();
    this.connection = source.connection();
    this.key = key;
    this.delivery = delivery;
    this.firstHeard = now;
    this.changedAt = now;
  }

  boolean isOf(OrgId ofOrg, ConnectionId ofConnection) {
    return org.equals(ofOrg) && connection.equals(ofConnection);
  }

  ForgeJobKey key() {
    return key;
  }

  Stage stage() {
    return stage;
  }

  String runner() {
    return runner;
  }

  int servings() {
    return servings;
  }

  boolean announced() {
    return facts != null;
  }

  /** Whether it was first announced like this. */
  boolean announcedBy(Source source) {
    return !source.asked() && source.deliveryId().equals(delivery);
  }

  Instant changedAt() {
    return changedAt;
  }

  Optional<MemoryJob> serving() {
    return Optional.ofNullable(serving);
  }

  boolean servedBy(MemoryJob job) {
    return serving == job;
  }

  /** The job as it was announced; only its key when it was not. */
  ForgeJob job() {
    return facts == null
        ? new ForgeJob(
            key,
            "",
            Repository.NONE,
            List.of(),
            "",
            "",
            "",
            "",
            "",
            "",
            ForgeJob.Trust.UNKNOWN,
            "",
            URI.create(""),
            firstHeard)
        : facts;
  }

  Served served(MemoryJob by) {
    return new Served(org, connection, job(), by.id(), stage, runner, conclusion, rule, changedAt);
  }

  /** The end of ours that its forge is to be told of and was not. */
  Optional<Untold> untold() {
    return serving()
        .flatMap(
            ours ->
                ours.state() instanceof JobState.Ended(var outcome, var at) && toBeTold(outcome, at)
                    ? Optional.of(new Untold(job(), ours.id(), outcome.reason(), at))
                    : Optional.empty());
  }

  private boolean toBeTold(Outcome outcome, Instant at) {
    return !at.equals(toldEnd)
        && switch (outcome.conclusion()) {
          case DEAD, REJECTED -> true;
          case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT -> false;
        };
  }

  void told(Untold what) {
    if (serving().filter(ours -> ours.id().equals(what.serving())).isPresent()) {
      toldEnd = what.endedAt();
    }
  }

  void announce(ForgeJob said) {
    facts = said;
  }

  void serveBy(MemoryJob job, String refusal, Instant now) {
    serving = job;
    servings++;
    rule = refusal;
    changedAt = now;
  }

  void refuse(String refusal, Instant now) {
    rule = refusal;
    changedAt = now;
  }

  void pair(MemoryJob job) {
    serving = job;
  }

  void unpair() {
    serving = null;
  }

  void move(Stage to, String by, String end, Instant now) {
    stage = to;
    runner = by;
    conclusion = end;
    changedAt = now;
  }

  /** The job of ours that served it is forgotten, and so nothing is expected any more. */
  void close() {
    serving = null;
    stage = Stage.FINISHED;
  }
}
