package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.forge.WebhookReply;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.controlplane.webhook.Inbox;
import dev.nimbus.controlplane.webhook.Room;
import dev.nimbus.controlplane.webhook.Strangers;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Handler;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where forges send their webhooks. Open to anybody; the signature says who it was. */
public final class WebhookRoutes {
  private static final long LARGEST = 1L << 20;
  private static final long AT_ONCE = 32L << 20;

  /** What may be in memory of those whose address says nothing: anybody can send one. */
  private static final long OF_STRANGERS = 16L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LONGEST_HEADER = 1_000;

  /** What the signatures, events and deliveries of the four forges are found in. */
  private static final List<Parameter<String>> HEADERS =
      Stream.of(
              "Idempotency-Key",
              "Webhook-Id",
              "Webhook-Signature",
              "Webhook-Timestamp",
              "X-Forgejo-Delivery",
              "X-Forgejo-Event",
              "X-Forgejo-Event-Type",
              "X-Forgejo-Signature",
              "X-Gitea-Delivery",
              "X-Gitea-Event",
              "X-Gitea-Event-Type",
              "X-Gitea-Signature",
              "X-GitHub-Delivery",
              "X-GitHub-Event",
              "X-GitHub-Hook-ID",
              "X-GitHub-Hook-Installation-Target-ID",
              "X-GitHub-Hook-Installation-Target-Type",
              "X-Gitlab-Event",
              "X-Gitlab-Event-UUID",
              "X-Gitlab-Instance",
              "X-Gitlab-Token",
              "X-Gitlab-Webhook-UUID",
              "X-Hub-Signature-256")
          .map(name -> Parameter.header(name, "As the forge sends it.", LONGEST_HEADER))
          .toList();

  private final Room room = new Room(AT_ONCE, PATIENCE);
  private final Room anybodys = new Room(OF_STRANGERS, PATIENCE);
  private final Inbox inbox;
  private final InstantSource time;
  private final Strangers strangers;

  public WebhookRoutes(Inbox inbox, InstantSource time) {
    this.inbox = inbox;
    this.time = time;
    this.strangers = new Strangers(time);
  }

  public List<Route> routes() {
    return List.of(
        route(Paths.WEBHOOK, this::receive)
            .does("receiveWebhook", "A forge says something, signed with a connection's secret"),
        route(Paths.WEBHOOK_OF_CONNECTION, this::receiveNamed)
            .does(
                "receiveWebhookOfConnection", "The same, where the address names the connection"));
  }

  private static Route route(String path, Handler handler) {
    return Route.post(path, Access.open(), handler)
        .asks(HEADERS.toArray(Parameter<?>[]::new))
        .takesBytes("application/json")
        .upTo(LARGEST)
        .answers(202, WebhookReply.class)
        .answers(200, WebhookReply.class)
        .refuses(Kind.DENIED, Kind.NOT_FOUND, Kind.EXHAUSTED);
  }

  /** What a connection's own address is sent: nobody who was not told can guess it. */
  private Response receiveNamed(Request request) throws InterruptedException {
    var connection = inbox.named(kind(request), request.param("connection"));
    if (connection.isEmpty()) {
      strangers.check(request.remoteAddress());
      strangers.refused(request.remoteAddress());
      throw distrusted("no connection of this forge has this address");
    }
    try (var _ = room.take(expected(request))) {
      return answer(inbox.receive(connection.get(), delivery(request)));
    }
  }

  private Response receive(Request request) throws InterruptedException {
    var kind = kind(request);
    strangers.check(request.remoteAddress());
    try (var _ = anybodys.take(expected(request))) {
      var taken = inbox.receive(kind, delivery(request));
      if (taken instanceof Taken.Distrusted) {
        strangers.refused(request.remoteAddress());
      }
      return answer(taken);
    }
  }

  private static long expected(Request request) {
    return request.length().orElse(LARGEST);
  }

  private static Response answer(Taken taken) {
    return switch (taken) {
      case Taken.Admitted(var job) ->
          Response.json(202, new WebhookReply(false, true, job.value(), ""));
      case Taken.Refused(var job, var rule, var why) ->
          Response.json(202, new WebhookReply(false, false, job.value(), rule + ": " + why));
      case Taken.Followed _ -> Response.json(202, new WebhookReply(false, null, null, ""));
      case Taken.Unsure _ ->
          Response.json(202, new WebhookReply(false, null, null, "the forge is asked for more"));
      case Taken.Noted(var why) -> Response.json(202, new WebhookReply(false, null, null, why));
      case Taken.Duplicate _ -> Response.json(200, new WebhookReply(true, null, null, ""));
      case Taken.Distrusted(var why) -> throw distrusted(why);
    };
  }

  private Delivery delivery(Request request) {
    var headers = new TreeMap<String, String>();
    request.header("Content-Type").ifPresent(type -> headers.put("content-type", type));
    for (var header : HEADERS) {
      var value = request.value(header);
      if (!value.isEmpty()) {
        headers.put(header.name(), value);
      }
    }
    return new Delivery(headers, request.body(), time.instant());
  }

  private static ForgeKind kind(Request request) {
    var word = request.param("forge");
    try {
      return ForgeKind.parse(word);
    } catch (IllegalArgumentException e) {
      throw new NimbusException(Kind.NOT_FOUND, "There is no forge '" + word + "'", e);
    }
  }

  private static NimbusException distrusted(String why) {
    return new NimbusException(
        Kind.DENIED, "bad-signature", "Cannot believe this delivery: " + why);
  }
}
