package dev.nimbus.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.client.AgentClient;
import dev.nimbus.api.identity.MintToken;
import dev.nimbus.api.identity.RevokeTokens;
import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a control plane says of a token that is shown to it. */
final class TokenStandingTest {
  private static final String COUNTS = "200 {\"counts\":true}";
  private static final String OVER = "200 {\"counts\":false,\"why\":\"its lease is over\"}";

  @TempDir private Path home;
  private RunningControlPlane plane;
  private AgentClient agent;

  @BeforeEach
  void start() {
    plane = new RunningControlPlane(home, Duration.ofSeconds(30));
    agent = plane.registered("h1", "acme");
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void theTokenOfAJobCountsAsLongAsItsLease() throws Exception {
    var grant = granted("host");
    var token = String.valueOf(grant.cacheToken());
    assertThat(standing(token)).isEqualTo(COUNTS);
    agent.started(grant.job(), new Fenced("h1", 1));
    assertThat(standing(token)).isEqualTo(COUNTS);

    agent.finish(grant.job(), new FinishRequest("h1", 1, "succeeded", 0, "", true));
    plane.pass(Duration.ofSeconds(1));

    assertThat(standing(token)).isEqualTo(OVER);
    assertThat(standing(grant.jobToken())).isEqualTo(OVER);
  }

  @Test
  void theTokenOfALostAttemptCountsNoMoreThoughTheJobRunsAgain() throws Exception {
    var first = granted("host");
    agent.finish(first.job(), new FinishRequest("h1", 1, "not_run", 0, "full", false));
    var second = poll();

    assertThat(standing(String.valueOf(first.cacheToken()))).isEqualTo(OVER);
    assertThat(standing(String.valueOf(second.cacheToken()))).isEqualTo(COUNTS);
  }

  @Test
  void aJobWithoutNetworkGetsNoTokenForTheCache() {
    assertThat(granted("none").cacheToken()).isNull();
  }

  @Test
  void aRevokedTokenIsRefusedAndSoIsOneNobodySigned() throws Exception {
    var operator = plane.operator();
    var minted = operator.mint(new MintToken("admin", "bob", "acme", null, 60L)).token();
    assertThat(standing(minted)).isEqualTo(COUNTS);

    operator.revoke(new RevokeTokens("admin", "bob", "acme"));
    plane.pass(Duration.ofSeconds(1));

    assertThat(standing(minted)).startsWith("401 ");
    assertThat(standing(minted + "x")).startsWith("401 ");
  }

  private Grant granted(@Nullable String network) {
    var job =
        new SubmitJob(List.of("true"), null, null, null, null, null, null, null, network, null);
    plane.tenant("acme").submit(job, "k1");
    return poll();
  }

  private Grant poll() {
    return agent.poll(new LeaseRequest("h1", 4_000, 8L << 30, 4, 20_000)).leases().getFirst();
  }

  private String standing(String token) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(plane.uri().resolve("/api/tokens/self"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }
}
