package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.ForgeApi.Sent;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Offer;
import dev.nimbus.core.forge.QueueBatch;
import dev.nimbus.core.forge.QueueSession;
import dev.nimbus.core.forge.QueueStatistics;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one session of a scale set. Its token is renewed when it is refused; where that is refused,
 * too, the session is over.
 */
final class MessageSession implements QueueSession {
  private static final String CAPACITY = "X-ScaleSetMaxCapacity";

  private final Service service;
  private final Scope scope;
  private final String sessions;
  private final Messages messages;
  private final String id;
  private Queue queue;
  private QueueStatistics statistics;
  private long last;
  private Optional<String> lost = Optional.empty();

  /**
   * @param sessions where the set's sessions are
   */
  MessageSession(
      Service service, Scope scope, String sessions, Messages messages, Wire.Session opened) {
    this.service = service;
    this.scope = scope;
    this.sessions = sessions;
    this.messages = messages;
    this.id = Wire.text(opened.sessionId());
    this.queue = queue(opened);
    this.statistics = Messages.statistics(opened.statistics()).orElse(QueueStatistics.NONE);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public QueueStatistics statistics() {
    return statistics;
  }

  @Override
  public QueueStatistics count() {
    var path = sessions.replaceFirst("/sessions$", "");
    switch (service.attempt("GET", path, Optional.empty(), Purpose.POLL)) {
      case Sent.Answered(var reply) when reply.ok() -> {
        var told = Wire.read(reply, Wire.KnownSet.class).statistics();
        statistics = Messages.statistics(told).orElse(statistics);
      }
      case Sent.Answered(var reply) when reply.status() != 404 ->
          throw reply.refusal("count the jobs of session '" + id + "'");
      case Sent.Answered _,
          Sent.Later _ -> {} // It is heard from the queue itself, sooner or later.
    }
    return statistics;
  }

  @Override
  public Next next(int capacity) {
    var sent = asked(() -> queue.api().attempt(question(capacity)));
    if (lost.isPresent()) {
      return new Next.Lost(lost.get());
    }
    return switch (sent) {
      case Sent.Later(var notBefore, var why) -> new Next.Later(notBefore, why);
      case Sent.Answered(var reply) when nothing(reply) -> new Next.Nothing();
      case Sent.Answered(var reply) when reply.status() == 200 -> said(reply);
      case Sent.Answered(var reply) -> over(reply, "listen to");
    };
  }

  @Override
  public void acknowledge(QueueBatch batch) {
    var sent = asked(() -> queue.api().attempt(queue.deletion(batch.id())));
    if (lost.isPresent()) {
      return; // It is said again to the next session.
    }
    var reply = answer(sent, "acknowledge message " + batch.id());
    if (!reply.ok() && reply.status() != 404) {
      throw reply.refusal("acknowledge message " + batch.id());
    }
    last = Math.max(last, batch.id());
  }

  @Override
  public List<Offer> acquire(List<Offer> offers) {
    if (offers.isEmpty()) {
      return List.of();
    }
    var ids = offers.stream().map(Offer::id).toList();
    var path = sessions.replaceFirst("/sessions$", "/acquirejobs");
    var call = Service.call("POST", path, Optional.of(ids), Purpose.MINT);
    var sent = asked(() -> service.as(_ -> Service.headers(queue.token())).attempt(call));
    if (lost.isPresent()) {
      return List.of();
    }
    var reply = answer(sent, "acquire jobs " + ids);
    if (reply.status() == 404) {
      return List.of(); // A GitHub that gives out jobs itself knows no such call.
    }
    if (!reply.ok()) {
      throw reply.refusal("acquire jobs " + ids);
    }
    var taken = Wire.<Long>all(Wire.read(reply, Wire.Acquired.class).value());
    return offers.stream().filter(offer -> taken.contains(offer.id())).toList();
  }

  @Override
  public void close() {
    if (lost.isEmpty()) {
      lost = Optional.of("it was closed");
      try {
        var path = sessions + "/" + Call.segment(id);
        service.send("DELETE", path, Optional.empty(), Purpose.RETIRE);
      } catch (NimbusException e) {
        lost = Optional.of("it was closed here only: " + e.getMessage()); // Its successor ends it.
      }
    }
  }

  private Call question(int capacity) {
    return queue.question(last).with(CAPACITY, Integer.toString(Math.max(0, capacity)));
  }

  /** A call with the session's token, which is renewed once. */
  private Sent asked(Supplier<Sent> call) {
    if (lost.isPresent()) {
      return new Sent.Answered(new Reply(410, Map.of(), new byte[0]));
    }
    var sent = call.get();
    if (!unauthorized(sent)) {
      return sent;
    }
    renew();
    var second = lost.isEmpty() ? call.get() : sent;
    if (lost.isEmpty() && unauthorized(second)) {
      lost = Optional.of("its new token is refused, too");
    }
    return second;
  }

  private void renew() {
    var path = sessions + "/" + Call.segment(id);
    var reply = service.send("PATCH", path, Optional.empty(), Purpose.MINT);
    switch (reply.status()) {
      case 401, 403, 404, 409, 410 ->
          lost = Optional.of("it cannot be renewed: %d %s".formatted(reply.status(), reply.told()));
      default -> {
        if (!reply.ok()) {
          throw reply.refusal("renew session '" + id + "'");
        }
        queue = queue(Wire.read(reply, Wire.Session.class));
      }
    }
  }

  private Next said(Reply reply) {
    var message = Wire.read(reply, Wire.Message.class);
    statistics = Messages.statistics(message.statistics()).orElse(statistics);
    return new Next.Said(messages.batch(message, statistics));
  }

  private Next over(Reply reply, String doing) {
    return switch (reply.status()) {
      case 404, 409, 410 -> {
        lost = Optional.of("GitHub answered %d: %s".formatted(reply.status(), reply.told()));
        yield new Next.Lost(lost.get());
      }
      default -> throw reply.refusal("%s session '%s'".formatted(doing, id));
    };
  }

  private Queue queue(Wire.Session session) {
    var token = Wire.text(session.messageQueueAccessToken());
    var address = Addresses.trusted(scope, Wire.text(session.messageQueueUrl()));
    if (id.isBlank() || id.length() > 100 || !token.matches("[!-~]{1,16384}")) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use GitHub's session '" + id + "': it has no id or no token");
    }
    return Queue.of(service, address, token);
  }

  private static boolean nothing(Reply reply) {
    return reply.status() == 202 || (reply.status() == 200 && reply.body().length == 0);
  }

  private static boolean unauthorized(Sent sent) {
    return sent instanceof Sent.Answered(var reply) && reply.status() == 401;
  }

  private static Reply answer(Sent sent, String doing) {
    return switch (sent) {
      case Sent.Answered(var reply) -> reply;
      case Sent.Later(var notBefore, var why) ->
          throw new NimbusException(
              Kind.UNAVAILABLE, "Cannot %s before %s: %s".formatted(doing, notBefore, why));
    };
  }

  /**
   * Where the messages are.
   *
   * @param query every call has; empty or beginning with its question mark
   */
  private record Queue(ForgeApi api, String query, String token) {
    static Queue of(Service service, URI address, String token) {
      var text = address.toString();
      var at = text.indexOf('?');
      var base = at < 0 ? text : text.substring(0, at);
      var api = service.patient(URI.create(base), _ -> Service.headers(token));
      return new Queue(api, at < 0 ? "" : text.substring(at), token);
    }

    Call question(long after) {
      var more = query.isEmpty() ? "?" : query + "&";
      return Call.get(after == 0 ? query : more + "lastMessageId=" + after, Purpose.POLL);
    }

    Call deletion(long message) {
      return Call.delete("/" + message + query, Purpose.RETIRE);
    }

    @Override
    public String toString() {
      return "a queue";
    }
  }
}
