package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.SetWorld.Session;
import dev.nimbus.testkit.forge.github.SetWorld.Set;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers calls about who listens to a scale set. */
final class SessionCalls {
  private static final Duration QUEUE_LIFE = Duration.ofHours(1);
  private static final String SESSIONS = Tenant.SET + "/sessions";
  private static final String SESSION = SESSIONS + "/([^/]+)";

  private final SetWorld sets;
  private final SetShapes shapes;

  SessionCalls(SetWorld sets, SetShapes shapes) {
    this.sets = sets;
    this.shapes = shapes;
  }

  void addTo(Tenant tenant) {
    tenant.forSet("POST", SESSIONS, this::open);
    tenant.forSet("PATCH", SESSION, (call, set) -> inSession(call, set, this::renew));
    tenant.forSet("DELETE", SESSION, (call, set) -> inSession(call, set, (one, _) -> end(one)));
  }

  private Answer open(Tenanted call, Set set) {
    var owner = String.valueOf(call.json(NewSession.class).ownerName());
    if (set.session != null) {
      return Tenant.problem(
          409,
          "RunnerScaleSetSessionConflictException",
          "The runner scale set %s already has an active session for owner %s."
              .formatted(set.name, set.session.owner));
    }
    var id = UUID.nameUUIDFromBytes(sets.fresh("session").getBytes(StandardCharsets.UTF_8));
    set.session = new Session(id.toString(), owner, sets.fresh("queue"), queueEnd());
    set.offered.clear();
    return shown(set, set.session);
  }

  private Answer renew(Set set, Session session) {
    session.token = sets.fresh("queue");
    session.until = queueEnd();
    return shown(set, session);
  }

  private Answer end(Set set) {
    sets.endSession(set);
    return Answer.empty(204);
  }

  private Instant queueEnd() {
    return sets.now().plus(QUEUE_LIFE);
  }

  private Answer shown(Set set, Session session) {
    return Answer.of(200, shapes.session(set, session));
  }

  private static Answer inSession(Tenanted call, Set set, SessionHandler then) {
    return set.session != null && set.session.id.equals(call.word(2))
        ? then.answer(set, set.session)
        : Tenant.problem(404, "RunnerScaleSetSessionNotFoundException", "No such session");
  }

  @FunctionalInterface
  private interface SessionHandler {
    Answer answer(Set set, Session session);
  }

  record NewSession(@Nullable String ownerName) {}
}
