package dev.nimbus.adapters.forges.github;

import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Listening.Opening;
import dev.nimbus.core.forge.Listening.Seat;
import dev.nimbus.core.forge.QueueBatch;
import dev.nimbus.core.forge.QueueSession;
import dev.nimbus.core.forge.QueueSession.Next;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Setup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;

/** The ground of tests about scale sets: one set, {@code nimbus}, and all calls about it. */
abstract class ScaleSetCase extends GitHubCase {
  static final int MANY = 100;
  static final Seat SEAT = new Seat("nimbus", "nimbus at home", "");

  final List<Observed> setCalls = new CopyOnWriteArrayList<>();

  @BeforeEach
  final void useLimitsWithoutPauses() {
    use(Setup.USUAL.with(Limits.Rules.ENFORCED));
    fake().scaleSets().observe(setCalls::add);
  }

  final GitHubForge openWithSet() {
    return open(Map.of("scale_sets", "nimbus"));
  }

  final ForgeJobKey queue() {
    return fake().queue(Wanted.job(shop(), "nimbus"));
  }

  static QueueSession session(GitHubForge forge) {
    return session(forge, SEAT);
  }

  static QueueSession session(GitHubForge forge, Seat seat) {
    if (forge.listen(seat) instanceof Opening.Open(var session)) {
      return session;
    }
    throw new AssertionError("Not open: " + forge.listen(seat));
  }

  static QueueBatch batch(QueueSession session) {
    if (session.next(MANY) instanceof Next.Said(var batch)) {
      return batch;
    }
    throw new AssertionError("Nothing said");
  }

  /** Hears a batch and acknowledges it. */
  static List<Event> heard(QueueSession session) {
    var batch = batch(session);
    session.acknowledge(batch);
    return events(batch);
  }

  static List<Event> events(QueueBatch batch) {
    return batch.heard().stream().map(one -> one.event()).toList();
  }

  static ForgeJob job(QueueSession session) {
    return ((Event.JobQueued) heard(session).getFirst()).job();
  }

  /** Calls about scale sets made with this method to paths that end like this. */
  final List<Observed> setCalls(String method, String end) {
    return setCalls.stream()
        .filter(call -> call.method().equals(method) && call.path().endsWith(end))
        .toList();
  }
}
