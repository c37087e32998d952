package dev.nimbus.testkit.provider.gcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives tokens to whoever signs with the key of one service account. */
final class TokenDesk {
  private static final String EMAIL = "nimbus@acme-ci.iam.gserviceaccount.com";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  /** For whom Google's client signs, wherever it sends what it signed. */
  private static final String GOOGLE = "https://oauth2.googleapis.com/token";

  private static final KeyPair KEY = key();

  private final Map<String, String> scopes = new HashMap<>();
  private boolean closed;

  /** The file Google would give with the key. */
  static String file(String tokenUri) {
    var json =
        JsonMapper.shared()
            .createObjectNode()
            .put("type", "service_account")
            .put("project_id", "acme-ci")
            .put("private_key_id", "0123456789abcdef0123456789abcdef01234567")
            .put("private_key", pem())
            .put("client_email", EMAIL)
            .put("client_id", "104000000000000000001")
            .put("token_uri", tokenUri)
            .put("universe_domain", "googleapis.com");
    return json.toString();
  }

  /** Believes the key no longer. */
  synchronized void close() {
    closed = true;
  }

  synchronized Said give(Map<String, String> form) {
    var parts = form.getOrDefault("assertion", "").split("\\.", -1);
    if (closed || !GRANT.equals(form.get("grant_type")) || parts.length != 3 || !signed(parts)) {
      return refused("Invalid JWT Signature.");
    }
    var claims = json(parts[1]);
    if (!claims.path("iss").asString("").equals(EMAIL)
        || !claims.path("aud").asString("").equals(GOOGLE)) {
      return refused("Invalid JWT: issuer or audience");
    }
    var token = "ya29.of-the-test-" + scopes.size();
    scopes.put(token, claims.path("scope").asString(""));
    return Said.fine(
        JsonMapper.shared()
            .createObjectNode()
            .put("access_token", token)
            .put("expires_in", 3599)
            .put("token_type", "Bearer"));
  }

  /** Whether a call shows a token that opens what one of some scopes does. */
  synchronized boolean opens(String authorization, JsonNode wanted) {
    var token = authorization.replaceFirst("^Bearer ", "");
    var given = scopes.getOrDefault(token, "").split(" ", -1);
    return wanted.valueStream().anyMatch(scope -> List.of(given).contains(scope.asString()));
  }

  private static Said refused(String why) {
    return new Said(
        400,
        Map.of(),
        JsonMapper.shared()
            .createObjectNode()
            .put("error", "invalid_grant")
            .put("error_description", why));
  }

  private static JsonNode json(String part) {
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
  }

  private static boolean signed(String[] parts) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEY.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return json(parts[0]).path("alg").asString("").equals("RS256")
          && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String pem() {
    var body = Base64.getMimeEncoder().encodeToString(KEY.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static KeyPair key() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has RSA", e);
    }
  }
}
