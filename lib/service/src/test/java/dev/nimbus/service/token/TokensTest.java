package dev.nimbus.service.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.service.config.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens are believed, and until when. */
class TokensTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Principal ADMIN =
      Principal.of(OrgId.DEFAULT, Audience.ADMIN, "ada", Set.of("jobs:write"));
  private static final Secret JOB_SECRET = new Secret("a-secret-for-jobs-only");

  @TempDir private Path folder;

  private final AtomicLong millis = new AtomicLong(NOON.toEpochMilli());
  private final InstantSource time = () -> Instant.ofEpochMilli(millis.get());
  private final List<PublicKey> published = new ArrayList<>();
  private final AtomicLong lowestValid = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private SigningKey key;
  private TokenMint mint;
  private TokenVerifier verifier;

  @BeforeEach
  void publishOneKey() {
    key = SigningKey.loadOrCreate(folder.resolve("key"));
    mint = new TokenMint(key, "nimbus");
    published.add(key.publicKey(NOON));
    verifier =
        new TokenVerifier(
            () -> List.copyOf(published),
            (_, claims) -> {
              asked.incrementAndGet();
              return claims.version() < lowestValid.get()
                  ? Optional.of("it was revoked")
                  : Optional.empty();
            },
            SharedSecrets.none().with(Audience.JOB, JOB_SECRET),
            time);
  }

  @Test
  void whatATokenSaysComesBack() {
    var job =
        Principal.ofJob(
            new OrgId("acme"),
            "job",
            Set.of("cache:read", "logs:write"),
            new Principal.Job(new JobId("j-1"), new Fence(3), new Repository("acme/shop")));

    assertThat(verifier.authenticate(token(job, 0))).isEqualTo(job);
    assertThat(verifier.authenticate(token(ADMIN.forEveryOrg(), 4))).isEqualTo(ADMIN.forEveryOrg());
  }

  @Test
  void aTokenDiesShortlyAfterItExpires() {
    var token = token(ADMIN, 1);

    pass(Duration.ofHours(1).plusSeconds(29));
    assertThat(verifier.authenticate(token)).isEqualTo(ADMIN);
    pass(Duration.ofSeconds(2));
    assertDenied(token, "expired");
  }

  @Test
  void aRevokedVersionStopsToCountWithinASecond() {
    var first = token(ADMIN, 1);
    var second = token(ADMIN, 2);
    assertThat(verifier.authenticate(first)).isEqualTo(ADMIN);

    lowestValid.set(2);
    pass(Duration.ofSeconds(1));

    assertDenied(first, "revoked");
    assertThat(verifier.authenticate(second)).isEqualTo(ADMIN);
  }

  @Test
  void revocationIsAskedForAtMostOnceASecondPerToken() {
    var token = token(ADMIN, 1);

    for (var i = 0; i < 100; i++) {
      verifier.authenticate(token);
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void afterARotationOldTokensVerifyUntilTheirKeyIsOver() {
    var old = token(ADMIN, 1);
    var next = SigningKey.replace(folder.resolve("key"));
    published.set(
        0, new PublicKey(key.id(), published.getFirst().encoded(), NOON, NOON.plusSeconds(600)));
    published.add(next.publicKey(NOON));
    pass(Duration.ofSeconds(2));

    var fresh = new TokenMint(next, "nimbus").mint(claims(ADMIN, 1), time.instant());
    assertThat(verifier.authenticate(fresh)).isEqualTo(ADMIN);
    assertThat(verifier.authenticate(old)).isEqualTo(ADMIN);
    pass(Duration.ofMinutes(10));
    assertDenied(old, "no longer in use");
    assertThat(verifier.authenticate(fresh)).isEqualTo(ADMIN);
  }

  @Test
  void aKeyThatIsTakenBackStopsToCountThoughItsTokensWereSeen() {
    var token = token(ADMIN, 1);
    verifier.authenticate(token);

    published.clear();
    pass(Duration.ofSeconds(1));

    assertDenied(token, "key is no");
  }

  @Test
  void aKeyPublishedAfterTheFirstLookIsFound() {
    verifier.authenticate(token(ADMIN, 1));
    var next = SigningKey.replace(folder.resolve("key"));
    published.add(next.publicKey(NOON));

    var fresh = new TokenMint(next, "nimbus").mint(claims(ADMIN, 1), NOON);

    assertThat(verifier.authenticate(fresh)).isEqualTo(ADMIN);
  }

  @Test
  void aForgedKeyNameDoesNotHelp() {
    var stranger = SigningKey.loadOrCreate(folder.resolve("stranger"));
    var forged = sign(stranger, key.id(), set().build());

    assertDenied(forged, "signature is wrong");
    assertDenied(
        new TokenMint(stranger, "nimbus").mint(claims(ADMIN, 1), NOON), "key is not known");
  }

  @Test
  void anUnsignedTokenIsNotBelieved() {
    var header = encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}");
    var payload = token(ADMIN, 1).split("\\.", -1)[1];

    assertDenied(header + "." + payload + ".", "malformed");
  }

  @Test
  void thePublicKeyIsNoSharedSecret() throws Exception {
    var jobs = set().audience("job").build();
    for (var secret : List.of(published.getFirst().encoded(), key.id())) {
      var forged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), jobs);
      forged.sign(new SecretSigner(new Secret(secret)));
      assertDenied(forged.serialize(), "signature is wrong");
    }
  }

  @Test
  void aSharedSecretCountsForItsOwnAudienceOnly() throws Exception {
    var job = Principal.of(OrgId.DEFAULT, Audience.JOB, "old agent", Set.of());
    var good = TokenMint.shared(Audience.JOB, JOB_SECRET, "nimbus").mint(claims(job, 0), NOON);
    assertThat(verifier.authenticate(good)).isEqualTo(job);

    var forged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set().build());
    forged.sign(new SecretSigner(JOB_SECRET));
    assertDenied(forged.serialize(), "algorithm or key");
    assertThatThrownBy(
            () -> TokenMint.shared(Audience.JOB, JOB_SECRET, "nimbus").mint(claims(ADMIN, 1), NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneSecretForTwoAudiencesIsRefused() {
    var secrets = SharedSecrets.none().with(Audience.JOB, JOB_SECRET);

    assertThatThrownBy(() -> secrets.with(Audience.ADMIN, JOB_SECRET))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenForTwoAudiencesOrNoneIsRefused() {
    assertDenied(sign(key, key.id(), set().audience(List.of("admin", "job")).build()), "malformed");
    assertDenied(sign(key, key.id(), set().audience(List.of()).build()), "malformed");
    assertDenied(sign(key, key.id(), set().audience("root").build()), "malformed");
  }

  @Test
  void aTokenThatNeverExpiresOrNamesNobodyIsRefused() {
    assertDenied(sign(key, key.id(), set().expirationTime(null).build()), "malformed");
    assertDenied(sign(key, key.id(), set().subject(null).build()), "malformed");
    assertDenied(sign(key, key.id(), set().claim("org", "../x").build()), "malformed");
  }

  @Test
  void aChangedTokenIsNotBelievedEvenAfterTheRealOneWas() {
    var token = token(ADMIN, 1);
    verifier.authenticate(token);

    var parts = token.split("\\.", -1);
    var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    var more = encoded(payload.replace("jobs:write", "jobs:admin"));

    assertDenied(parts[0] + "." + more + "." + parts[2], "signature is wrong");
    assertDenied("", "malformed");
    assertDenied("a.b.c", "malformed");
    assertDenied("x".repeat(9000), "too long");
  }

  private String token(Principal principal, long version) {
    return mint.mint(claims(principal, version), time.instant());
  }

  private Claims claims(Principal principal, long version) {
    return new Claims(principal, version, time.instant().plus(Duration.ofHours(1)));
  }

  private static JWTClaimsSet.Builder set() {
    return new JWTClaimsSet.Builder()
        .audience("admin")
        .subject("mallory")
        .claim("org", "default")
        .claim("scopes", List.of("*"))
        .expirationTime(Date.from(NOON.plusSeconds(60)));
  }

  private static String sign(SigningKey key, String keyId, JWTClaimsSet set) {
    var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID(keyId).build();
    var token = new SignedJWT(header, set);
    try {
      token.sign(new EdSigner(key));
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void pass(Duration duration) {
    millis.addAndGet(duration.toMillis());
  }

  private void assertDenied(String token, String why) {
    assertThatThrownBy(() -> verifier.authenticate(token))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining(why)
        .extracting(e -> ((NimbusException) e).kind())
        .isEqualTo(Kind.DENIED);
  }
}
