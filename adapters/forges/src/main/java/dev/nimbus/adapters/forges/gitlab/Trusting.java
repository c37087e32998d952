package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.gitlab.Settings.HookSecrets;
import dev.nimbus.core.forge.Delivery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Believes deliveries, or not: by a signature where one is sent and there is a key for it, or else
 * by a token beside the body. Takes as long for what is wrong as for what is right. Pure.
 */
final class Trusting {
  private static final String SIGNATURE = "webhook-signature";
  private static final String VERSION = "v1,";
  private static final int MOST_SIGNATURES = 16;

  private final HookSecrets secrets;

  Trusting(HookSecrets secrets) {
    this.secrets = secrets;
  }

  Verdict of(Delivery delivery) {
    if (!secrets.signing().isEmpty() && !delivery.header(SIGNATURE).isEmpty()) {
      return bySignature(delivery);
    }
    if (secrets.tokens().isEmpty()) {
      return new Verdict.Doubted("it has no header webhook-signature");
    }
    return tokenFits(delivery.header("x-gitlab-token"))
        ? new Verdict.Believed(delivery.header("idempotency-key"))
        : new Verdict.Doubted("the header X-Gitlab-Token is not the token of this connection");
  }

  private Verdict bySignature(Delivery delivery) {
    var id = delivery.header("webhook-id");
    var timestamp = delivery.header("webhook-timestamp");
    if (!signed(delivery, (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8))) {
      return new Verdict.Doubted("the header webhook-signature is not one of this body");
    }
    if (!timestamp.matches("\\d{1,11}")) {
      return new Verdict.Doubted("the header webhook-timestamp is not a number of seconds");
    }
    var sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    var away = Duration.between(sentAt, delivery.receivedAt()).abs();
    return away.compareTo(secrets.tolerance()) > 0
        ? new Verdict.Doubted(
            "it was signed %d s from now (at most %d)"
                .formatted(away.toSeconds(), secrets.tolerance().toSeconds()))
        : new Verdict.Believed(id);
  }

  private boolean signed(Delivery delivery, byte[] head) {
    var given = delivery.header(SIGNATURE).split(" ", MOST_SIGNATURES + 1);
    var fits = false;
    for (var key : secrets.signing()) {
      var right = key.sign(head, delivery.body());
      for (var index = 0; index < Math.min(given.length, MOST_SIGNATURES); index++) {
        fits |= MessageDigest.isEqual(right, decoded(given[index]));
      }
    }
    return fits;
  }

  private boolean tokenFits(String given) {
    var bytes = given.getBytes(StandardCharsets.UTF_8);
    var fits = false;
    for (var token : secrets.tokens()) {
      fits |= MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), bytes);
    }
    return fits;
  }

  private static byte[] decoded(String signature) {
    if (!signature.startsWith(VERSION)) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(signature.substring(VERSION.length()));
    } catch (IllegalArgumentException e) {
      return new byte[0]; // Not base64, and so no signature of anything.
    }
  }

  /** What is thought of a delivery. */
  sealed interface Verdict {
    /**
     * It is GitLab's.
     *
     * @param id the same when it is sent again
     */
    record Believed(String id) implements Verdict {}

    record Doubted(String why) implements Verdict {}
  }
}
