package dev.nimbus.testkit.forge.kin;

import dev.nimbus.core.forge.Delivery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks and sends them, under every name their receivers may know them by. */
final class Post {
  static final String SECRET = "a secret between the forge and its hook";
  private static final String SHA1 = "HmacSHA1";
  private static final String SHA256 = "HmacSHA256";

  private final List<String> names;
  private final InstantSource time;
  private final List<Delivery> sent = new ArrayList<>();
  private final List<Consumer<Delivery>> receivers = new ArrayList<>();

  /**
   * @param names of headers, such as {@code Gitea}
   */
  Post(List<String> names, InstantSource time) {
    this.names = List.copyOf(names);
    this.time = time;
  }

  synchronized List<Delivery> sent() {
    return List.copyOf(sent);
  }

  synchronized void sendTo(Consumer<Delivery> receiver) {
    receivers.add(receiver);
  }

  void send(String event, byte[] body) {
    var delivery = delivery(event, body);
    receiversOf(delivery).forEach(receiver -> receiver.accept(delivery));
  }

  private synchronized List<Consumer<Delivery>> receiversOf(Delivery delivery) {
    sent.add(delivery);
    return List.copyOf(receivers);
  }

  private Delivery delivery(String event, byte[] body) {
    var id = UUID.nameUUIDFromBytes(("delivery " + sent().size()).getBytes(StandardCharsets.UTF_8));
    var headers = new TreeMap<String, String>();
    headers.put("Content-Type", "application/json");
    for (var name : names) {
      headers.put("X-" + name + "-Delivery", id.toString());
      headers.put("X-" + name + "-Event", event);
      headers.put("X-" + name + "-Event-Type", event);
    }
    return signed(new Delivery(headers, body, time.instant()), body, SECRET);
  }

  Delivery signed(Delivery like, byte[] body, String secret) {
    var headers = new TreeMap<>(like.headers());
    for (var name : names) {
      if (!name.equals("GitHub")) {
        var header = ("X-" + name + "-Signature").toLowerCase(Locale.ROOT);
        headers.put(header, mac(SHA256, body, secret));
      }
    }
    headers.putAll(
        Map.of(
            "x-hub-signature", "sha1=" + mac(SHA1, body, secret),
            "x-hub-signature-256", "sha256=" + mac(SHA256, body, secret)));
    return new Delivery(headers, body, like.receivedAt());
  }

  private static String mac(String algorithm, byte[] body, String secret) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no " + algorithm, e);
    }
  }
}
