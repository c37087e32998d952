package dev.nimbus.logpipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.token.Claims;
import dev.nimbus.service.token.Jwks;
import dev.nimbus.service.token.Principal;
import dev.nimbus.service.token.SigningKey;
import dev.nimbus.service.token.TokenChecks;
import dev.nimbus.service.token.TokenMint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogPipelineTest {
  private static final InstantSource TIME = InstantSource.system();

  @TempDir private Path folder = Path.of("");

  @Test
  void linesOutliveAPipeline() {
    try (var served = Served.in(folder)) {
      served.as(Served.JOB).append(Served.batch("j-1", 1, 3));
    }
    try (var served = Served.in(folder)) {
      var repeated = served.as(Served.JOB).append(Served.batch("j-1", 2, 4));

      assertThat(repeated.lastSequence()).isEqualTo(4);
      assertThat(served.as(Served.READER).query(new Query().with("job_id", "j-1")).items())
          .hasSize(4);
    }
  }

  @Test
  void tokensOfTheControlPlaneAreBelieved() {
    var key = SigningKey.loadOrCreate(folder.resolve("key"));
    var jwks = Jwks.of(List.of(key.publicKey(Instant.EPOCH)));
    var route = Route.get(Paths.JWKS, Access.open(), _ -> Response.json(200, jwks));
    try (var controlPlane =
            HttpServer.start(
                HttpConfig.of("127.0.0.1", 0),
                List.of(route),
                LogPipelineTest::nobody,
                new Metrics());
        var pipeline = LogPipeline.start(believing(controlPlane.port()), new Metrics(), TIME)) {
      var token = new TokenMint(key, "test").mint(claims(), TIME.instant());
      var address = URI.create("http://127.0.0.1:" + pipeline.port());

      var receipt = new LogClient(address, () -> token).append(Served.batch("j-1", 1, 2));

      assertThat(receipt.lastSequence()).isEqualTo(2);
      assertThatThrownBy(
              () -> new LogClient(address, () -> token + "x").append(Served.batch("j-1", 1, 2)))
          .isInstanceOf(NimbusException.class);
    }
  }

  @Test
  void aTakenPortIsSaidAndLeavesTheStoreAlone() {
    try (var served = Served.in(folder)) {
      var config = Served.config(folder.resolve("other"), served.pipeline.port());

      assertThatThrownBy(
              () -> LogPipeline.start(config, LogPipelineTest::nobody, new Metrics(), TIME))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageContaining("in use");
    }
    Served.in(folder.resolve("other")).close();
  }

  @Test
  void itSaysHowItIs() throws Exception {
    try (var served = Served.in(folder)) {
      served.as(Served.JOB).append(Served.batch("j-1", 1, 3));

      assertThat(served.get("admin/*", "/status").body())
          .contains("\"service\":\"logging-pipeline\"")
          .contains("\"lines\":\"3\"");
      assertThat(served.get("admin/acme", "/status").body()).doesNotContain("lines");
      assertThat(served.get(Served.JOB, "/status").statusCode()).isEqualTo(403);
      assertThat(served.get("", "/healthz").statusCode()).isEqualTo(200);
      assertThat(served.get("", "/readyz").body()).contains("\"store\":\"ok\"");
      assertThat(served.get("", "/metrics").body())
          .contains("nimbus_logs_lines_total 3")
          .contains("nimbus_logs_followers 0")
          .doesNotContain("j-1");
    }
  }

  private static Claims claims() {
    var lease = new Principal.Job(new JobId("j-1"), new Fence(1), Repository.NONE);
    var principal = Principal.ofJob(new OrgId("acme"), "agent-1", Set.of("logs:write"), lease);
    return new Claims(principal, 0, TIME.instant().plus(Duration.ofHours(1)));
  }

  private LogPipelineConfig believing(int port) {
    return new LogPipelineConfig(
        "127.0.0.1",
        0,
        folder.resolve("logs"),
        Duration.ofDays(30),
        1 << 30,
        Secret.NONE,
        URI.create("http://127.0.0.1:" + port),
        new TokenChecks(Duration.ofSeconds(5), Duration.ofMinutes(1)));
  }

  private static Principal nobody(String token) {
    throw new NimbusException(Kind.DENIED, "nobody is believed here, least of all " + token);
  }
}
