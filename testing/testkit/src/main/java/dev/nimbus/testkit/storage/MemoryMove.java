package dev.nimbus.testkit.storage;

import dev.nimbus.core.forge.Taker;
import dev.nimbus.core.forge.Taker.Serves;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.storage.ForgeStore.Moved;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.ForgeStore.Stage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A forge's word that a runner took a job, or that a job is over. */
record MemoryMove(
    MemoryState state, Source source, Stage to, String runner, String conclusion, Instant now) {
  Moved apply(MemoryForgeJob row) {
    var said = runner.isEmpty() ? row.runner() : runner;
    var someoneNew = !said.equals(row.runner());
    var ours = row.serving().orElse(null);
    var by = current(said);
    var leftOver = true;
    if (ours != null && (by == ours || (said.isEmpty() && perhapsBy(ours, row)))) {
      by = ours;
      leftOver = false;
    } else if (by != null && someoneNew && !taker(by).stays()) {
      leftOver = !exchange(row, ours, by);
    } else {
      by = null;
    }
    row.move(to, said, conclusion, now);
    return forward(by, leftOver ? ours : null);
  }

  /** Whether ours may be what runs a job of which the forge names no runner. */
  private boolean perhapsBy(MemoryJob ours, MemoryForgeJob row) {
    return ours.held() && (to == Stage.STARTED || row.stage() == Stage.STARTED);
  }

  /** Pairs the job with the one whose runner took it; true when ours gets what that one had. */
  private boolean exchange(MemoryForgeJob row, @Nullable MemoryJob ours, MemoryJob by) {
    var exchanged = ours != null && taker(by).exchangesWith(ours.job());
    var other = state.forges().servedBy(by);
    other.ifPresent(MemoryForgeJob::unpair);
    row.pair(by);
    if (ours != null && exchanged) {
      other.ifPresent(job -> job.pair(ours));
    }
    return exchanged;
  }

  private Taker taker(MemoryJob job) {
    return new Taker(
        job.job(), state.forges().servedBy(job).map(this::serves).orElse(Serves.NOTHING));
  }

  private Serves serves(MemoryForgeJob job) {
    if (!job.isOf(source.org(), source.connection()) || job.runner().equals(runner)) {
      return Serves.FIXED;
    }
    return job.stage() == Stage.QUEUED ? Serves.WAITING : Serves.NOTHING;
  }

  private @Nullable MemoryJob current(String name) {
    return RunnerName.sandboxOf(name)
        .flatMap(
            sandbox ->
                state
                    .find(source.org(), sandbox.job())
                    .filter(job -> job.fence().equals(sandbox.fence()) && !job.waiting()))
        .orElse(null);
  }

  private Moved forward(@Nullable MemoryJob by, @Nullable MemoryJob left) {
    var cancelled = Optional.ofNullable(left).filter(MemoryJob::waiting);
    var spare = Optional.ofNullable(left).filter(MemoryJob::held);
    cancelled.ifPresent(job -> job.end(Outcome.calledOff(why()), now));
    return new Moved.Forward(
        Optional.ofNullable(by).map(MemoryJob::id),
        spare.map(MemoryJob::id),
        cancelled.map(MemoryJob::id));
  }

  private String why() {
    if (to == Stage.STARTED) {
      return "Its forge gave the job to "
          + (runner.isEmpty() ? "a runner it does not name" : "runner '" + runner + "'");
    }
    return "Its forge says it is over" + (conclusion.isEmpty() ? "" : ": " + conclusion);
  }
}
