package dev.nimbus.service.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a service hears from its control plane, over HTTP, which tokens count no more. */
class AskedRevocationsTest {
  private static final TokenChecks CHECKS =
      new TokenChecks(Duration.ofSeconds(5), Duration.ofMinutes(1));
  private static final Claims ADMIN =
      new Claims(Principal.of(OrgId.DEFAULT, Audience.ADMIN, "ada", Set.of()), 3, Instant.MAX);
  private static final Claims SERVICE =
      new Claims(Principal.of(OrgId.DEFAULT, Audience.SERVICE, "plane", Set.of()), 0, Instant.MAX);
  private static final Claims JOB =
      new Claims(
          Principal.ofJob(
              OrgId.DEFAULT,
              "j-1",
              Set.of(),
              new Principal.Job(new JobId("j-1"), new Fence(1), Repository.NONE)),
          0,
          Instant.MAX);

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final List<String> shown = new ArrayList<>();
  private volatile Response answer = Response.json(200, new TokenStanding(true, null));
  private HttpServer controlPlane;
  private AskedRevocations revocations;

  @BeforeEach
  void start() {
    var route = Route.get("/self", Access.open(), this::asked);
    controlPlane =
        HttpServer.start(
            HttpConfig.of("127.0.0.1", 0), List.of(route), _ -> SERVICE.principal(), new Metrics());
    revocations = asking(controlPlane.port());
  }

  @AfterEach
  void stop() {
    revocations.close();
    controlPlane.close();
  }

  @Test
  void theTokenItselfIsShownToTheControlPlane() {
    assertThat(revocations.refusal("the.token", ADMIN)).isEmpty();

    assertThat(shown).containsExactly("Bearer the.token");
  }

  @Test
  void anAnswerHoldsForAWhileAndIsThenAskedForAgain() {
    for (var i = 0; i < 10; i++) {
      assertThat(revocations.refusal("a", ADMIN)).isEmpty();
    }
    pass(Duration.ofMillis(4_999));
    assertThat(revocations.refusal("a", ADMIN)).isEmpty();
    assertThat(shown).hasSize(1);

    answer = Response.empty(401);
    pass(Duration.ofMillis(1));

    assertThat(revocations.refusal("a", ADMIN)).contains("it was revoked");
    assertThat(shown).hasSize(2);
  }

  @Test
  void thatATokenCountsNoMoreHoldsForGood() {
    answer = Response.json(200, new TokenStanding(false, "its lease is over"));
    assertThat(revocations.refusal("a", JOB)).contains("its lease is over");

    controlPlane.close();
    pass(Duration.ofDays(1));

    assertThat(revocations.refusal("a", JOB)).contains("its lease is over");
    assertThat(shown).hasSize(1);
  }

  @Test
  void whileTheControlPlaneIsAwayItsWordHoldsLongerButNotForEver() {
    assertThat(revocations.refusal("a", ADMIN)).isEmpty();
    answer = Response.empty(503);

    pass(Duration.ofSeconds(59));
    assertThat(revocations.refusal("a", ADMIN)).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThatThrownBy(() -> revocations.refusal("a", ADMIN))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("has not said so for 60 s");

    answer = Response.json(200, new TokenStanding(true, null));
    pass(Duration.ofSeconds(5));
    assertThat(revocations.refusal("a", ADMIN)).isEmpty();
  }

  @Test
  void aTokenNothingWasHeardOfIsRefusedWhileTheControlPlaneIsAwayAndAskedAboutSparingly() {
    answer = Response.empty(500);
    for (var i = 0; i < 10; i++) {
      assertThatThrownBy(() -> revocations.refusal("a", ADMIN)).isInstanceOf(NimbusException.class);
    }
    assertThat(shown).hasSize(1);

    controlPlane.close();

    assertThatThrownBy(() -> revocations.refusal("b", ADMIN)).isInstanceOf(NimbusException.class);
  }

  @Test
  void anAnswerThatIsNoneCountsAsSilence() {
    answer = Response.json(200, "what?");

    assertThatThrownBy(() -> revocations.refusal("a", ADMIN)).isInstanceOf(NimbusException.class);
  }

  @Test
  void tokensNobodyRecordsAreNotAskedAbout() {
    assertThat(AskedRevocations.recorded(ADMIN)).isTrue();
    assertThat(AskedRevocations.recorded(SERVICE)).isFalse();
    assertThat(AskedRevocations.recorded(JOB)).isFalse();
    assertThat(AskedRevocations.recordedOrLeased(ADMIN)).isTrue();
    assertThat(AskedRevocations.recordedOrLeased(SERVICE)).isFalse();
    assertThat(AskedRevocations.recordedOrLeased(JOB)).isTrue();

    assertThat(revocations.refusal("a", SERVICE)).isEmpty();
    assertThat(shown).isEmpty();
  }

  private Response asked(Request request) {
    shown.add(request.header("Authorization").orElse(""));
    return answer;
  }

  private AskedRevocations asking(int port) {
    return new AskedRevocations(
        URI.create("http://127.0.0.1:" + port + "/self"),
        CHECKS,
        AskedRevocations::recordedOrLeased,
        () -> Instant.ofEpochMilli(millis.get()));
  }

  private void pass(Duration time) {
    millis.addAndGet(time.toMillis());
  }
}
