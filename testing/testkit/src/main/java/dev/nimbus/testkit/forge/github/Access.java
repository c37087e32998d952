package dev.nimbus.testkit.forge.github;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who calls: an App by its own signature, an App by an installation's token, or a person. */
final class Access {
  static final String TOKEN = "github_pat_of_a_person_who_owns_acme";
  static final Map<String, String> GRANTED =
      Map.of(
          "organization_self_hosted_runners", "write",
          "administration", "write",
          "actions", "read",
          "metadata", "read",
          "statuses", "write");
  private static final Duration LONGEST_SIGNATURE = Duration.ofMinutes(10);
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  /** Made once: making one takes longer than a test. */
  private static final List<KeyPair> KEYS = IntStream.range(0, 4).mapToObj(_ -> key()).toList();

  private final int apps;
  private final InstantSource time;
  private final Map<String, Caller> tokens = new HashMap<>();
  private final Map<String, Instant> registrations = new HashMap<>();
  private long made;

  Access(int apps, InstantSource time) {
    this.apps = apps;
    this.time = time;
  }

  /** The private key of the App of this number, from 1, as GitHub hands it out. */
  static String privateKey(int app) {
    var encoded = KEYS.get(app - 1).getPrivate().getEncoded();
    var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(text.encodeToString(encoded));
  }

  /** Who sent this header; empty for nobody GitHub knows. */
  synchronized Optional<Caller> caller(String authorization) {
    if (authorization.startsWith("RemoteAuth ")) {
      return Optional.ofNullable(registrations.get(authorization.substring(11)))
          .filter(until -> until.isAfter(time.instant()))
          .map(until -> new Caller("registration", 0, false, Map.of(), until));
    }
    var word = authorization.replaceFirst("^(?i)(bearer|token) ", "");
    if (word.equals(TOKEN) && apps == 0) {
      return Optional.of(new Caller("person", 0, false, GRANTED, Instant.MAX));
    }
    var known = tokens.get(word);
    if (known != null) {
      return known.until().isAfter(time.instant()) ? Optional.of(known) : Optional.empty();
    }
    return IntStream.rangeClosed(1, apps)
        .filter(app -> signedBy(app, word))
        .mapToObj(app -> new Caller("app " + app, app, true, Map.of(), Instant.MAX))
        .findFirst();
  }

  /** Makes a token; longer than tokens used to be, as the newer ones are. */
  synchronized Caller token(int app, Map<String, String> permissions) {
    var value = "ghs_%d_%s%d".formatted(app, "long".repeat(120), ++made);
    var until = time.instant().plus(TOKEN_LIFE);
    var caller = new Caller(value, app, false, permissions, until);
    tokens.put(value, new Caller("installation " + app, app, false, permissions, until));
    return caller;
  }

  /** Makes a token that registers runners, good for an hour. */
  synchronized String registration() {
    var value = "AREGISTRATION" + ++made;
    registrations.put(value, time.instant().plus(TOKEN_LIFE));
    return value;
  }

  /** Takes back every token made so far. */
  synchronized void revoke() {
    tokens.clear();
  }

  private boolean signedBy(int app, String word) {
    var parts = word.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEYS.get(app - 1).getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2])) && timely(app, parts[1]);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // Whatever it is, it is not a signature of this App.
    }
  }

  private boolean timely(int app, String payload) {
    var claims = Json.read(Base64.getUrlDecoder().decode(payload), Claims.class);
    var now = time.instant();
    var until = Instant.ofEpochSecond(claims.exp());
    return claims.iss().equals(Integer.toString(app))
        && !Instant.ofEpochSecond(claims.iat()).isAfter(now)
        && until.isAfter(now)
        && !until.isAfter(now.plus(LONGEST_SIGNATURE));
  }

  private static KeyPair key() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no RSA", e);
    }
  }

  /**
   * Somebody who calls.
   *
   * @param name limits are counted by; of a token just made, its value
   * @param app zero for a person
   * @param signed by the App itself
   */
  record Caller(
      String name, int app, boolean signed, Map<String, String> permissions, Instant until) {
    boolean may(String permission, String level) {
      var granted = permissions.getOrDefault(permission, "");
      return granted.equals("write") || granted.equals(level);
    }
  }

  record Claims(long iat, long exp, String iss) {}
}
