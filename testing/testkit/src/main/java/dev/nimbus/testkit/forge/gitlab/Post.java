package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.core.forge.Delivery;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Proof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks, or sends a token with them. */
final class Post {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  private final Proof proof;
  private final InstantSource time;
  private final List<Delivery> sent = new ArrayList<>();
  private final List<Consumer<Delivery>> receivers = new ArrayList<>();

  Post(Proof proof, InstantSource time) {
    this.proof = proof;
    this.time = time;
  }

  synchronized List<Delivery> sent() {
    return List.copyOf(sent);
  }

  synchronized void sendTo(Consumer<Delivery> receiver) {
    receivers.add(receiver);
  }

  void send(byte[] body) {
    var delivery = delivery(body);
    receiversOf(delivery).forEach(receiver -> receiver.accept(delivery));
  }

  private synchronized List<Consumer<Delivery>> receiversOf(Delivery delivery) {
    sent.add(delivery);
    return List.copyOf(receivers);
  }

  private Delivery delivery(byte[] body) {
    var id = UUID.nameUUIDFromBytes(("delivery " + sent().size()).getBytes(StandardCharsets.UTF_8));
    var headers = new TreeMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "GitLab/19.4.0");
    headers.put("Idempotency-Key", id.toString());
    headers.put("X-Gitlab-Event", "Job Hook");
    headers.put("X-Gitlab-Event-UUID", "b5b2a4c7-0000-4000-8000-000000000001");
    headers.put("X-Gitlab-Webhook-UUID", "b5b2a4c7-0000-4000-8000-000000000002");
    headers.put("X-Gitlab-Instance", "https://gitlab.acme.example");
    if (proof == Proof.SIGNATURE) {
      headers.put("webhook-id", id.toString());
      headers.put("webhook-timestamp", Long.toString(time.instant().getEpochSecond()));
    }
    return signed(new Delivery(headers, body, time.instant()), body, proof.secret());
  }

  Delivery signed(Delivery like, byte[] body, String secret) {
    var headers = new TreeMap<>(like.headers());
    headers.putAll(
        switch (proof) {
          case TOKEN -> Map.of("x-gitlab-token", secret);
          case SIGNATURE -> Map.of("webhook-signature", "v1," + mac(like, body, secret));
        });
    return new Delivery(headers, body, like.receivedAt());
  }

  private static String mac(Delivery like, byte[] body, String secret) {
    var head = like.header("webhook-id") + "." + like.header("webhook-timestamp") + ".";
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(secret), ALGORITHM));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
    }
  }

  /** A secret of another form is a key of its own. */
  private static byte[] key(String secret) {
    try {
      return secret.startsWith(PREFIX)
          ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
          : secret.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }
  }
}
