package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.SetWorld.Session;
import dev.nimbus.testkit.forge.github.SetWorld.Set;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers whoever listens to a scale set: what its queue holds, and who takes the jobs. */
final class QueueCalls {
  private final SetWorld sets;
  private final SetShapes shapes;
  private Mishap mishap = Mishap.NONE;

  QueueCalls(SetWorld sets, SetShapes shapes) {
    this.sets = sets;
    this.shapes = shapes;
  }

  void addTo(Tenant tenant) {
    tenant.forListeners("POST", Tenant.SET + "/acquirejobs", this::acquire);
    tenant.forListeners("GET", "/queue/(\\d+)", this::poll);
    tenant.forListeners("DELETE", "/queue/(\\d+)/(\\d+)", this::forget);
  }

  void suffer(Mishap next) {
    mishap = next;
  }

  /** What goes wrong at the next acknowledgement or question, once. */
  enum Mishap {
    NONE,
    /** Forgets the message, and its answer is lost. */
    LOSES_ANSWER,
    /** Forgets nothing, and says that it failed. */
    LOSES_ACKNOWLEDGEMENT,
    /** Answers that all is well, and nothing else. */
    SAYS_NOTHING
  }

  private Answer acquire(Tenanted call) {
    var set = set(call);
    if (set.isEmpty()) {
      return Tenant.noSet();
    }
    if (!sets.offers()) {
      return Answer.of(404, "404 page not found");
    }
    if (listener(call, set.get()).isEmpty()) {
      return Tenant.badToken();
    }
    var taken = sets.acquire(set.get(), List.of(call.json(Long[].class)));
    return Answer.of(200, Map.of("count", taken.size(), "value", taken));
  }

  private Answer poll(Tenanted call) {
    return inQueue(call, (set, session) -> poll(call, set, session));
  }

  private Answer poll(Tenanted call, Set set, Session session) {
    if (once(Mishap.SAYS_NOTHING)) {
      return Answer.of(200, new byte[0]);
    }
    var after = call.parameter("lastMessageId");
    var capacity = call.call().header("x-scalesetmaxcapacity");
    var message =
        sets.poll(
            set, session, after.isEmpty() ? 0 : Long.parseLong(after), Integer.parseInt(capacity));
    if (set.session != session) {
      return Tenant.problem(401, "InvalidTokenException", "The session is over");
    }
    return message
        .map(one -> Answer.of(200, shapes.message(set, one)))
        .orElseGet(() -> Answer.empty(202));
  }

  private Answer forget(Tenanted call) {
    return inQueue(call, (set, _) -> forget(call, set));
  }

  private Answer forget(Tenanted call, Set set) {
    if (once(Mishap.LOSES_ACKNOWLEDGEMENT)) {
      return Answer.of(502, "Bad Gateway");
    }
    var gone = set.log.remove(Long.parseLong(call.word(2))) == null;
    if (once(Mishap.LOSES_ANSWER)) {
      return Answer.of(502, "Bad Gateway");
    }
    return gone
        ? Tenant.problem(404, "MessageNotFoundException", "No such message")
        : Answer.empty(204);
  }

  private boolean once(Mishap which) {
    if (mishap != which) {
      return false;
    }
    mishap = Mishap.NONE;
    return true;
  }

  private Answer inQueue(Tenanted call, QueueHandler then) {
    var set = set(call);
    var session = set.flatMap(one -> listener(call, one));
    return session.isEmpty() ? Tenant.badToken() : then.answer(set.orElseThrow(), session.get());
  }

  /** Whosever it is: listeners come with a token of its session alone. */
  private Optional<Set> set(Tenanted call) {
    return sets.all().stream().filter(one -> call.word(1).equals("" + one.id)).findFirst();
  }

  private Optional<Session> listener(Tenanted call, Set set) {
    return Optional.ofNullable(set.session)
        .filter(session -> session.token.equals(call.bearer()))
        .filter(session -> session.until.isAfter(sets.now()));
  }

  @FunctionalInterface
  private interface QueueHandler {
    Answer answer(Set set, Session session);
  }
}
