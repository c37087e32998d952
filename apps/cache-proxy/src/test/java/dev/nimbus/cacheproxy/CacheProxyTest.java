package dev.nimbus.cacheproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Claims;
import dev.nimbus.service.token.KeySource;
import dev.nimbus.service.token.Principal;
import dev.nimbus.service.token.Revocations;
import dev.nimbus.service.token.SigningKey;
import dev.nimbus.service.token.TokenChecks;
import dev.nimbus.service.token.TokenMint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plain cache protocol over real HTTP. */
final class CacheProxyTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final OrgId ACME = new OrgId("acme");
  private static final long MAX_BYTES = 4 << 20;
  private static final int MAX_ARTIFACT_BYTES = 2 << 20;
  private static final Secret SHARED = new Secret("shared by jobs and proxy");

  @TempDir private Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private TokenMint mint;
  private CacheProxyConfig config;
  private SigningKey key;
  private CacheProxy proxy;

  @BeforeEach
  void start() {
    key = SigningKey.loadOrCreate(folder.resolve("key"));
    mint = new TokenMint(key, "nimbus");
    config =
        new CacheProxyConfig(
            "127.0.0.1",
            0,
            folder.resolve("cache"),
            MAX_BYTES,
            MAX_ARTIFACT_BYTES,
            URI.create("http://127.0.0.1:1"),
            new TokenChecks(Duration.ofSeconds(5), Duration.ofMinutes(1)),
            SHARED,
            Secret.NONE,
            Duration.ofSeconds(2));
    proxy = started();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    proxy.close();
  }

  @Test
  void whatAJobPutsItMayGet() throws Exception {
    assertThat(put("linux/deps.tar", "content").statusCode()).isEqualTo(201);

    var answer = get("linux/deps.tar");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("content");
    assertThat(answer.headers().firstValue("content-length")).contains("7");
  }

  @Test
  void headTellsTheSizeOfABlobWithoutSendingIt() throws Exception {
    put("a", "content");

    var there = send(request("a", rw(OrgId.DEFAULT)).HEAD());
    assertThat(there.statusCode()).isEqualTo(200);
    assertThat(there.headers().firstValue("content-length")).contains("7");
    assertThat(send(request("b", rw(OrgId.DEFAULT)).HEAD()).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNotThereIs404() throws Exception {
    assertThat(get("nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void aBlobThatIsThereStays() throws Exception {
    put("a", "first");

    var again = put("a", "second");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.headers().firstValue("nimbus-cache")).contains("already-there");
    assertThat(get("a").body()).isEqualTo("first");
  }

  @Test
  void aTokenReachesItsOwnTenantOnly() throws Exception {
    put("a", "ours");

    assertThat(send(request("a", rw(ACME)).GET()).statusCode()).isEqualTo(404);
    var theirs = request("a", rw(ACME)).PUT(BodyPublishers.ofString("theirs"));
    assertThat(send(theirs).statusCode()).isEqualTo(201);
    assertThat(get("a").body()).isEqualTo("ours");
  }

  @Test
  void scopesAndAudiencesAreKept() throws Exception {
    var reader = token(job(OrgId.DEFAULT, "cache:read"));
    var admin = token(Principal.of(OrgId.DEFAULT, Audience.ADMIN, "ada", Set.of("*")));

    var put = request("a", reader).PUT(BodyPublishers.ofString("x"));
    assertThat(send(put).statusCode()).isEqualTo(403);
    assertThat(send(request("a", admin).GET()).statusCode()).isEqualTo(403);
    assertThat(send(request("a", "nonsense").GET()).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenSignedByTheSharedSecretIsBelieved() throws Exception {
    var shared = TokenMint.shared(Audience.JOB, SHARED, "elsewhere");
    var token = shared.mint(claims(job(OrgId.DEFAULT, "cache:read")), NOON);

    assertThat(send(request("a", token).GET()).statusCode()).isEqualTo(404);
  }

  @Test
  void aBlobThatIsTooLargeIs413AndNotThere() throws Exception {
    assertThat(putZeros("big", MAX_ARTIFACT_BYTES + 1, true).statusCode()).isEqualTo(413);
    assertThat(putZeros("chunked", MAX_ARTIFACT_BYTES + 1, false).statusCode()).isEqualTo(413);

    assertThat(get("big").statusCode()).isEqualTo(404);
    assertThat(get("chunked").statusCode()).isEqualTo(404);
  }

  @Test
  void theLeastRecentlyUsedBlobsMakeRoomAndAreCounted() throws Exception {
    for (var i = 0; i < 4; i++) {
      assertThat(putZeros("blob-" + i, MAX_ARTIFACT_BYTES - 100, true).statusCode()).isEqualTo(201);
    }

    assertThat(get("blob-0").statusCode()).isEqualTo(404);
    assertThat(get("blob-3").statusCode()).isEqualTo(200);
    assertThat(plain("/metrics").body())
        .contains("nimbus_cache_evictions_total 2.0")
        .contains("nimbus_cache_entries 2.0")
        .contains("nimbus_cache_hits_total 1.0")
        .contains("nimbus_cache_misses_total 1.0")
        .contains("nimbus_cache_bytes_written_total 8388208.0");
  }

  @Test
  void keysThatAreNoKeysAreInvalid() throws Exception {
    assertThat(get("a%20b").statusCode()).isEqualTo(400);
    assertThat(get(".hidden").statusCode()).isEqualTo(400);
    assertThat(get("a".repeat(600)).statusCode()).isEqualTo(400);
  }

  @Test
  void blobsOutliveTheProxy() throws Exception {
    put("a", "content");
    proxy.close();
    proxy = started();

    assertThat(get("a").body()).isEqualTo("content");
  }

  @Test
  void probesAndStatusAnswer() throws Exception {
    put("a", "content");

    assertThat(plain("/healthz").statusCode()).isEqualTo(200);
    assertThat(plain("/readyz").statusCode()).isEqualTo(200);
    assertThat(plain("/status").statusCode()).isEqualTo(401);
    var admin = token(Principal.of(OrgId.DEFAULT, Audience.ADMIN, "ada", Set.of("*")));
    var status =
        HttpRequest.newBuilder(address("/status")).header("Authorization", "Bearer " + admin);
    assertThat(send(status).body()).contains("\"entries\":\"1\"");
  }

  @Test
  void aTakenPortGivesTheFolderFreeAgain() {
    var taken =
        new CacheProxyConfig(
            "127.0.0.1",
            proxy.port(),
            folder.resolve("other"),
            MAX_BYTES,
            MAX_ARTIFACT_BYTES,
            config.controlPlane(),
            config.tokenChecks(),
            Secret.NONE,
            Secret.NONE,
            Duration.ofSeconds(1));
    for (var i = 0; i < 2; i++) {
      assertThatThrownBy(() -> start(taken, List::of))
          .isInstanceOf(NimbusException.class)
          .hasMessageContaining("already in use");
    }
  }

  @Test
  void withoutKeysNobodyIsBelievedAndTheProxySaysItIsNotReady() throws Exception {
    proxy.close();
    proxy = CacheProxy.start(config, InstantSource.fixed(NOON));

    assertThat(get("a").statusCode()).isEqualTo(503);
    assertThat(plain("/readyz").statusCode()).isEqualTo(503);
  }

  private static CacheProxy start(CacheProxyConfig config, KeySource keys) {
    return CacheProxy.start(config, keys, Revocations.none(), InstantSource.fixed(NOON));
  }

  private CacheProxy started() {
    return start(config, () -> List.of(key.publicKey(NOON)));
  }

  private HttpResponse<String> put(String name, String content) throws Exception {
    return send(request(name, rw(OrgId.DEFAULT)).PUT(BodyPublishers.ofString(content)));
  }

  private HttpResponse<String> putZeros(String name, int count, boolean announced)
      throws Exception {
    var body =
        announced
            ? BodyPublishers.ofByteArray(new byte[count])
            : BodyPublishers.ofInputStream(() -> zeros(count));
    return send(request(name, rw(OrgId.DEFAULT)).PUT(body));
  }

  private HttpResponse<String> get(String name) throws Exception {
    return send(request(name, rw(OrgId.DEFAULT)).GET());
  }

  private HttpResponse<String> plain(String path) throws Exception {
    return send(HttpRequest.newBuilder(address(path)));
  }

  private HttpRequest.Builder request(String name, String token) {
    return HttpRequest.newBuilder(address("/cache/" + name))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(20));
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + proxy.port() + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String rw(OrgId org) {
    return token(job(org, "cache:read", "cache:write"));
  }

  private String token(Principal principal) {
    return mint.mint(claims(principal), NOON);
  }

  private static Claims claims(Principal principal) {
    return new Claims(principal, 0, NOON.plus(Duration.ofHours(1)));
  }

  private static Principal job(OrgId org, String... scopes) {
    var lease = new Principal.Job(new JobId("j-1"), new Fence(1), new Repository("acme/shop"));
    return Principal.ofJob(org, "job", Set.of(scopes), lease);
  }

  private static InputStream zeros(int count) {
    return new java.io.ByteArrayInputStream(new byte[count]);
  }
}
