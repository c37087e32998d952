package dev.nimbus.testkit.storage;

import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Requirements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A job and its history. Guarded by the {@link MemoryState} it is in. */
final class MemoryJob {
  private final long seq;
  private final NewJob origin;
  private final Instant submittedAt;
  private final boolean admitted;
  private final List<Attempt> history = new ArrayList<>();
  private JobState state;
  private Fence fence = Fence.NONE;
  private int attempts;
  private long revision = 1;
  private String cancelBy = "";
  private Instant notBefore = Instant.EPOCH;
  private Instant queuedAt;
  private Usage used = Usage.UNKNOWN;

  MemoryJob(long seq, NewJob origin, Instant now) {
    this(seq, origin, now, new JobState.Waiting(now));
  }

  private MemoryJob(long seq, NewJob origin, Instant now, JobState state) {
    this.seq = seq;
    this.origin = origin;
    this.submittedAt = now;
    this.admitted = state instanceof JobState.Waiting;
    this.queuedAt = now;
    this.state = state;
  }

  /** A job that never waits. */
  static MemoryJob refused(long seq, NewJob origin, Outcome outcome, Instant now) {
    return new MemoryJob(seq, origin, now, new JobState.Ended(outcome, now));
  }

  long seq() {
    return seq;
  }

  NewJob origin() {
    return origin;
  }

  JobId id() {
    return origin.id();
  }

  OrgId org() {
    return origin.org();
  }

  Instant submittedAt() {
    return submittedAt;
  }

  /** Whether it ever waited. */
  boolean admitted() {
    return admitted;
  }

  Repository repository() {
    return origin.repository();
  }

  Requirements requirements() {
    return origin.requirements();
  }

  /** What it has in common with jobs that can run in its stead. */
  Object kind() {
    return List.of(repository(), requirements(), notBefore.isAfter(Instant.EPOCH));
  }

  JobState state() {
    return state;
  }

  Fence fence() {
    return fence;
  }

  int attempts() {
    return attempts;
  }

  /** Until when it is postponed. */
  Instant notBefore() {
    return notBefore;
  }

  String cancelBy() {
    return cancelBy;
  }

  List<Attempt> history() {
    return List.copyOf(history);
  }

  boolean waiting() {
    return state instanceof JobState.Waiting;
  }

  boolean held() {
    return state instanceof JobState.Leased || state instanceof JobState.Running;
  }

  boolean heldBy(HostId host) {
    return held() && lease().host().equals(host);
  }

  MemoryLease lease() {
    return MemoryLease.of(state);
  }

  Job job() {
    return new Job(
        org(),
        id(),
        repository(),
        origin.spec(),
        requirements(),
        origin.metadata(),
        state,
        submittedAt,
        fence,
        attempts,
        revision);
  }

  void grant(HostId host, Instant now, Instant until) {
    fence = fence.next();
    attempts++;
    become(new JobState.Leased(host, now, until, false));
  }

  void start(Instant now, Instant until) {
    var lease = lease();
    var starting = state instanceof JobState.Leased;
    state = lease.startedBy(now, until, cancelling());
    revision += starting ? 1 : 0;
  }

  void renew(Instant until) {
    state = lease().until(until, cancelling());
  }

  void cancelBy(String by) {
    if (cancelBy.isEmpty()) {
      cancelBy = by;
      become(lease().until(lease().until(), true));
    }
  }

  boolean cancelling() {
    return !cancelBy.isEmpty();
  }

  /** Writes the current lease into the history. */
  void remember(Instant now, String ending) {
    history.add(lease().attempt(fence, now, ending));
  }

  void end(Outcome outcome, Instant now) {
    become(new JobState.Ended(outcome, now));
  }

  void used(Usage what) {
    used = what;
  }

  /** What it used when it last ended, as far as its host could tell. */
  Usage used() {
    return used;
  }

  void requeue(boolean counts, Instant now) {
    attempts -= counts ? 0 : 1;
    notBefore = Instant.EPOCH;
    queuedAt = counts ? now : queuedAt;
    become(new JobState.Waiting(queuedAt));
  }

  void postpone(Duration pause, Instant now) {
    requeue(false, now);
    notBefore = now.plus(pause);
  }

  void retry(Instant now) {
    attempts = 0;
    notBefore = Instant.EPOCH;
    cancelBy = "";
    queuedAt = now;
    become(new JobState.Waiting(now));
  }

  private void become(JobState next) {
    state = next;
    revision++;
  }
}
