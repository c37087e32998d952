package dev.nimbus.service.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.json.Json;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where keys are kept and how they travel. */
class KeysTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void aKeyIsMadeOnceAndOnlyItsOwnerMayReadIt() throws Exception {
    var file = folder.resolve("keys/signing");

    var made = SigningKey.loadOrCreate(file);

    assertThat(SigningKey.loadOrCreate(file).id()).isEqualTo(made.id());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void processesThatStartTogetherAgreeOnOneKey() throws Exception {
    var file = folder.resolve("signing");
    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<String> start = () -> SigningKey.loadOrCreate(file).id();
      var ids = threads.invokeAll(java.util.Collections.nCopies(16, start));

      assertThat(ids.stream().map(id -> id.resultNow()).distinct()).hasSize(1);
    }
  }

  @Test
  void aKeyOthersMayReadIsRefused() throws Exception {
    var file = folder.resolve("signing");
    SigningKey.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> SigningKey.loadOrCreate(file))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("others may read it")
        .hasMessageContaining(file.toString());
  }

  @Test
  void aDamagedKeyIsRefused() throws Exception {
    var file = folder.resolve("signing");
    SigningKey.loadOrCreate(file);
    Files.writeString(file, "{\"alg\":\"Ed25519\",\"x\":\"AAAA\"}");

    assertThatThrownBy(() -> SigningKey.loadOrCreate(file))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void publishedKeysComeBackFromTheirDocument() {
    var current = SigningKey.loadOrCreate(folder.resolve("a")).publicKey(NOON);
    var other = SigningKey.loadOrCreate(folder.resolve("b")).publicKey(NOON);
    var retired = new PublicKey(other.id(), other.encoded(), NOON, NOON.plusSeconds(60));

    var read = Jwks.read(Json.write(Jwks.of(List.of(current, retired))));

    assertThat(read).extracting(PublicKey::id).containsExactly(current.id(), retired.id());
    assertThat(read).extracting(PublicKey::encoded).contains(current.encoded());
    assertThat(read)
        .extracting(PublicKey::validUntil)
        .containsExactly(Instant.MAX, NOON.plusSeconds(60));
  }

  @Test
  void remoteKeysAreFetchedSparinglyAndOutliveTheirSource() {
    var key = SigningKey.loadOrCreate(folder.resolve("a")).publicKey(NOON);
    var fetches = new AtomicInteger();
    var answer = new AtomicReference<Response>(Response.json(200, Jwks.of(List.of(key))));
    var route =
        Route.get(
            "/jwks",
            Access.open(),
            _ -> {
              fetches.incrementAndGet();
              return answer.get();
            });
    var millis = new AtomicLong(NOON.toEpochMilli());
    InstantSource time = () -> Instant.ofEpochMilli(millis.get());
    try (var server = server(route);
        var keys =
            new PublishedKeys(URI.create("http://127.0.0.1:" + server.port() + "/jwks"), time)) {
      assertThat(keys.keys()).hasSize(1);
      keys.keys();
      keys.refreshed();
      assertThat(fetches).hasValue(1);

      millis.addAndGet(6_000);
      keys.refreshed();
      assertThat(fetches).hasValue(2);

      answer.set(Response.empty(503));
      millis.addAndGet(600_000);
      assertThat(keys.keys()).hasSize(1);
      assertThat(fetches).hasValue(3);
    }
  }

  @Test
  void keysThatWereNeverFetchedAreUnavailable() {
    try (var keys =
        new PublishedKeys(URI.create("http://127.0.0.1:1/jwks"), InstantSource.fixed(NOON))) {
      assertThatThrownBy(keys::keys)
          .isInstanceOf(NimbusException.class)
          .hasMessageContaining("http://127.0.0.1:1/jwks");
    }
  }

  private static HttpServer server(Route route) {
    return HttpServer.start(
        HttpConfig.of("127.0.0.1", 0),
        List.of(route),
        _ -> {
          throw new IllegalStateException("nobody signs in here");
        },
        new Metrics());
  }

  @Test
  void signaturesAreThoseThePlatformMakes() throws GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var verifier = Keys.verifier(Keys.encoded(pair.getPublic()));
    var content = new byte[200];
    for (var i = 0; i < 20; i++) {
      content[i] = (byte) i;
      var platform = Signature.getInstance("Ed25519");
      platform.initSign(pair.getPrivate());
      platform.update(content);
      var signed = platform.sign();

      assertThat(Keys.signer(pair.getPrivate().getEncoded()).sign(content)).isEqualTo(signed);
      assertThat(Keys.verifies(verifier, content, signed)).isTrue();
      signed[i] ^= 1;
      assertThat(Keys.verifies(verifier, content, signed)).isFalse();
    }
    assertThat(Keys.verifies(verifier, content, new byte[3])).isFalse();
  }
}
