package dev.nimbus.testkit.forge.github;

import dev.nimbus.core.forge.Delivery;
import dev.nimbus.testkit.forge.github.HookLog.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and sends webhooks, and loses, doubles and delays as many as it was told to. */
final class Post implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_LATE = 4;

  private final String secret;
  private final Mischief mischief;
  private final InstantSource time;
  private final SplittableRandom chance;
  private final HookLog log = new HookLog();
  private final List<Delivery> arrived = new ArrayList<>();
  private final List<Webhook> late = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<URI> target = Optional.empty();
  private long made;

  Post(String secret, Mischief mischief, InstantSource time) {
    this.secret = secret;
    this.mischief = mischief;
    this.time = time;
    this.chance = new SplittableRandom(mischief.seed());
  }

  HookLog log() {
    return log;
  }

  synchronized void sendTo(URI address) {
    target = Optional.of(address);
  }

  synchronized String address() {
    return target.map(URI::toString).orElse("https://nimbus.example/webhooks/github");
  }

  synchronized List<Delivery> arrived() {
    return List.copyOf(arrived);
  }

  /** A webhook of something that happened, not sent yet. */
  synchronized Webhook webhook(String event, String action, long repository, byte[] body) {
    made++;
    var headers = new TreeMap<String, String>();
    headers.put("X-GitHub-Event", event);
    headers.put("X-GitHub-Delivery", new UUID(mischief.seed(), made).toString());
    headers.put("X-GitHub-Hook-ID", "1");
    headers.put("X-GitHub-Hook-Installation-Target-ID", "1");
    headers.put("X-GitHub-Hook-Installation-Target-Type", "integration");
    headers.put("User-Agent", "GitHub-Hookshot/0000000");
    headers.put("Content-Type", "application/json");
    var unsigned = new Delivery(headers, body, time.instant());
    return new Webhook(signed(unsigned, body, secret), action, repository);
  }

  static Delivery signed(Delivery like, byte[] body, String secret) {
    var headers = new TreeMap<>(like.headers());
    headers.put("x-hub-signature-256", "sha256=" + hmac(body, secret));
    return new Delivery(headers, body, like.receivedAt());
  }

  /** Sends it, if the weather is fair. */
  void send(Webhook webhook) {
    for (var one : leaving(webhook)) {
      deliver(one, false);
    }
  }

  /** Sends what is late. */
  void flush() {
    List<Webhook> rest;
    synchronized (late) {
      rest = List.copyOf(late);
      late.clear();
    }
    rest.forEach(webhook -> deliver(webhook, false));
  }

  /** Sends one again because somebody asked for it. */
  void again(Webhook webhook) {
    deliver(webhook, true);
  }

  @Override
  public void close() {
    client.close();
  }

  private List<Webhook> leaving(Webhook webhook) {
    synchronized (late) {
      if (chance.nextInt(100) < mischief.lost()) {
        log.add(webhook, false, 504, time.instant());
        return List.of();
      }
      var out = new ArrayList<Webhook>();
      if (chance.nextInt(100) < mischief.late()) {
        late.addFirst(webhook);
      } else {
        out.add(webhook);
      }
      if (chance.nextInt(100) < mischief.doubled()) {
        out.add(webhook);
      }
      while (late.size() > chance.nextInt(1, MOST_LATE)) {
        out.add(late.removeLast());
      }
      return out;
    }
  }

  private void deliver(Webhook webhook, boolean again) {
    var delivery = webhook.delivery();
    var received = new Delivery(delivery.headers(), delivery.body(), time.instant());
    Optional<URI> to;
    synchronized (this) {
      to = target;
      arrived.add(received);
    }
    log.add(webhook, again, to.map(address -> post(address, received)).orElse(200), time.instant());
  }

  private int post(URI address, Delivery delivery) {
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE);
    delivery.headers().forEach(request::setHeader);
    request.POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
    try {
      var status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / 100 == 2 ? 200 : status;
    } catch (IOException e) {
      return 502; // As GitHub writes when nobody answers.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 502;
    }
  }

  private static String hmac(byte[] body, String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no HMAC", e);
    }
  }
}
