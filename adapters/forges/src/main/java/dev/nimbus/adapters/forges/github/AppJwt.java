package dev.nimbus.adapters.forges.github;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Signs what an App says of itself. */
final class AppJwt {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final byte[] HEADER =
      "{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8);

  /** GitHub refuses tokens from the future, and clocks differ. */
  private static final Duration BACK = Duration.ofSeconds(60);

  private static final Duration LIFE = Duration.ofMinutes(9);

  private AppJwt() {}

  static String sign(Credential.App app, Instant now) {
    var claims =
        new Claims(now.minus(BACK).getEpochSecond(), now.plus(LIFE).getEpochSecond(), app.issuer());
    var signed = BASE64.encodeToString(HEADER) + "." + BASE64.encodeToString(Json.write(claims));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(app.key());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot sign for " + app, e);
    }
  }

  record Claims(long iat, long exp, String iss) {}
}
