package dev.nimbus.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.client.AgentClient;
import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.host.OrgLimitsBody;
import dev.nimbus.api.identity.MintToken;
import dev.nimbus.api.identity.RevokeTokens;
import dev.nimbus.api.identity.SignInLink;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import dev.nimbus.service.token.Audience;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlPlaneTest {
  @TempDir private Path home;
  private RunningControlPlane plane;

  @BeforeEach
  void start() {
    plane = new RunningControlPlane(home, Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void aJobGoesFromSubmissionToItsEnd() {
    var people = plane.tenant("acme");
    var agent = plane.registered("h1", "acme", "gpu");
    var job = people.submit(command("true", "gpu"), "k1");
    assertThat(job.state()).isEqualTo("waiting");

    var grant = poll(agent, "h1", 4).leases().getFirst();
    assertThat(grant.job()).isEqualTo(job.id());
    assertThat(grant.fence()).isEqualTo(1);
    assertThat(people.job(job.id()).job().state()).isEqualTo("leased");
    agent.started(job.id(), new Fenced("h1", 1));
    assertThat(people.job(job.id()).job().state()).isEqualTo("running");
    agent.finish(job.id(), ended("h1", 1, "failed", 3));

    var detail = people.job(job.id());
    assertThat(detail.job().state()).isEqualTo("failed");
    assertThat(detail.job().exitCode()).isEqualTo(3);
    assertThat(detail.job().host()).isEqualTo("h1");
    assertThat(detail.attempts()).hasSize(1);
    assertThat(detail.events()).extracting("what").contains("submitted", "leased", "failed");
  }

  @Test
  void aJobThatStartsOnNoHostIsDeadAfterItsAttemptsWithTheReason() {
    var people = plane.tenant("acme");
    var job = people.submit(command("true"), "k1").id();
    var why = "Cannot start: its sandbox was not up after 120 s";
    for (var host : List.of("h1", "h2", "h3")) {
      var agent = plane.registered(host, "acme");
      var fence = poll(agent, host, 1).leases().getFirst().fence();
      agent.finish(job, new FinishRequest(host, fence, "not_run", 0, why, true));
      if (!host.equals("h3")) {
        assertThat(people.why(job).reason())
            .endsWith(
                " Its last attempt, on host '%s', ended: given back: %s".formatted(host, why));
      }
    }

    var detail = people.job(job);
    assertThat(detail.job().state()).isEqualTo("dead");
    assertThat(detail.job().reason()).isEqualTo("Failed 3 times, at last: " + why);
    assertThat(detail.attempts()).extracting("ending").containsOnly("given back: " + why);
    assertThat(people.why(job).reason()).isEqualTo(detail.job().reason());
  }

  @Test
  void theSameSubmissionTwiceIsOneJob() {
    var people = plane.tenant("acme");
    var first = people.submit(command("true"), "k1");
    assertThat(people.submit(command("true"), "k1").id()).isEqualTo(first.id());
    refused(Kind.CONFLICT, "idempotency-key-taken", () -> people.submit(command("false"), "k1"));
    assertThat(plane.tenant("other").submit(command("true"), "k1").id()).isNotEqualTo(first.id());
  }

  @Test
  void theSameRequestTwiceMakesOneToken() throws Exception {
    var body = "{\"audience\":\"agent\",\"subject\":\"h1\"}";
    var first = post("ann", "/api/tokens", "k1", body);
    var again = post("ann", "/api/tokens", "k1", body);
    var keyless = post("ann", "/api/tokens", "", body);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(keyless.statusCode()).isEqualTo(201);
    assertThat(plane.tenant("acme").tokens()).filteredOn(t -> t.subject().equals("h1")).hasSize(2);
    assertThat(post("ann", "/api/tokens", "k1", body.replace("h1", "h2")).body())
        .contains("idempotency-key-taken");
    assertThat(post("bob", "/api/tokens", "k1", body).body()).contains("idempotency-key-taken");
  }

  @Test
  void ofTheLinksOfOneRequestOneWorksOnce() throws Exception {
    var first = post("ann", "/api/sign-in-codes", "k1", "");
    var again = post("ann", "/api/sign-in-codes", "k1", "{}");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(409);
    again = post("ann", "/api/sign-in-codes", "k1", "");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(followed(first)).endsWith("refused");
    assertThat(followed(again)).isEqualTo("/");
    assertThat(followed(again)).endsWith("refused");
    assertThat(post("ann", "/api/sign-in-codes", "k1", "").statusCode()).isEqualTo(409);
  }

  @Test
  void anotherTenantFindsNothing() {
    var job = plane.tenant("acme").submit(command("true"), "k1");
    var stranger = plane.tenant("evil");
    refused(Kind.NOT_FOUND, "", () -> stranger.job(job.id()));
    refused(Kind.NOT_FOUND, "", () -> stranger.cancel(job.id()));
    refused(Kind.NOT_FOUND, "", () -> stranger.retry(job.id()));
    refused(Kind.NOT_FOUND, "", () -> stranger.why(job.id()));
    refused(Kind.NOT_FOUND, "", () -> stranger.events(job.id()));
    refused(Kind.NOT_FOUND, "", () -> stranger.log(job.id(), new Query()));
    assertThat(stranger.jobs(new Query()).items()).isEmpty();
    refused(Kind.DENIED, "", () -> stranger.jobs(new Query().with("org", "acme")));
    assertThat(plane.operator().jobs(new Query().with("org", "acme")).items()).hasSize(1);
  }

  @Test
  void aHostOfAnotherTenantGetsNoneOfItsJobs() {
    plane.tenant("acme").submit(command("true"), "k1");
    var foreign = plane.registered("h9", "evil");
    assertThat(foreign.poll(new LeaseRequest("h9", 4_000, 8L << 30, 4, 0)).leases()).isEmpty();
  }

  @Test
  void aTokenSpeaksForItsHostOnly() {
    var agent = plane.registered("h1", "acme");
    refused(Kind.DENIED, "", () -> poll(agent, "h2", 1));
    refused(Kind.DENIED, "", () -> agent.renew("j-1", new Fenced("h2", 1)));
    var person = plane.tenant("acme");
    var agentToken = plane.token(dev.nimbus.service.token.Audience.AGENT, "h1", "acme", false);
    var disguised = new ControlPlaneClient(plane.uri(), () -> agentToken);
    refused(Kind.DENIED, "", () -> disguised.submit(command("true"), "k"));
    assertThat(person.hosts()).hasSize(1);
    var nobody = new ControlPlaneClient(plane.uri(), () -> "");
    refused(Kind.DENIED, "unauthenticated", nobody::hosts);
  }

  @Test
  void aSharedHostNeedsATokenForEveryTenant() {
    var agent = plane.agent("h1", "acme");
    refused(
        Kind.DENIED,
        "",
        () ->
            agent.register(
                new dev.nimbus.api.host.RegisterHost(
                    "h1", true, List.of(), 1_000, 1L << 30, 1, List.of(), "1", List.of())));
  }

  @Test
  void aWaitingHostHearsOfANewJobAtOnce() throws Exception {
    var agent = plane.registered("h1", "acme");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reply = CompletableFuture.supplyAsync(() -> poll(agent, "h1", 1), threads);
      var job = plane.tenant("acme").submit(command("true"), "k1");
      assertThat(reply.get().leases()).extracting(Grant::job).containsExactly(job.id());
    }
  }

  @Test
  void manyWaitingHostsShareManyJobsWithoutDoubles() throws Exception {
    var people = plane.tenant("acme");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replies = new ArrayList<CompletableFuture<LeaseReply>>();
      for (var i = 0; i < 20; i++) {
        var host = "h" + i;
        var agent = plane.registered(host, "acme");
        replies.add(CompletableFuture.supplyAsync(() -> poll(agent, host, 1), threads));
      }
      var submitted = new ArrayList<String>();
      for (var i = 0; i < 20; i++) {
        submitted.add(people.submit(command("true"), "k" + i).id());
      }
      var granted = new ArrayList<String>();
      for (var reply : replies) {
        reply.get().leases().forEach(grant -> granted.add(grant.job()));
      }
      assertThat(granted).containsExactlyInAnyOrderElementsOf(submitted);
    }
  }

  @Test
  void cancellingARunningJobReachesItsWaitingHostAtOnce() throws Exception {
    var people = plane.tenant("acme");
    var agent = plane.registered("h1", "acme");
    var job = people.submit(command("true"), "k1");
    poll(agent, "h1", 1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reply = CompletableFuture.supplyAsync(() -> poll(agent, "h1", 0), threads);
      assertThat(people.cancel(job.id()).cancelling()).isTrue();
      assertThat(reply.get().cancel()).containsExactly(job.id());
    }
    assertThat(agent.renew(job.id(), new Fenced("h1", 1)).cancelling()).isTrue();
    agent.finish(job.id(), ended("h1", 1, "cancelled", 130));
    assertThat(people.cancel(job.id()).state()).isEqualTo("cancelled");
  }

  @Test
  void aStaleFenceCanDoNothing() {
    var people = plane.tenant("acme");
    var agent = plane.registered("h1", "acme");
    var job = people.submit(command("true"), "k1");
    poll(agent, "h1", 1);
    agent.finish(job.id(), new FinishRequest("h1", 1, "not_run", 1, "no room", true));
    assertThat(poll(agent, "h1", 1).leases().getFirst().fence()).isEqualTo(2);

    refused(Kind.CONFLICT, "stale-fence", () -> agent.started(job.id(), new Fenced("h1", 1)));
    refused(Kind.CONFLICT, "stale-fence", () -> agent.renew(job.id(), new Fenced("h1", 1)));
    refused(
        Kind.CONFLICT, "stale-fence", () -> agent.finish(job.id(), ended("h1", 1, "succeeded", 0)));
    assertThat(people.job(job.id()).job().state()).isEqualTo("leased");
  }

  @Test
  void aJobGivenBackForLaterIsGrantedToNobodyMeanwhileAndSaysWhy() {
    var people = plane.tenant("acme");
    var agent = plane.registered("h1", "acme");
    var job = people.submit(command("true"), "k1");
    for (var attempt = 1; attempt <= 2; attempt++) {
      assertThat(poll(agent, "h1", 1).leases()).hasSize(attempt == 1 ? 1 : 0);
      agent.finish(job.id(), new FinishRequest("h1", 1, "not_now", 0, "token expired", false));
    }

    var why = people.why(job.id());
    assertThat(why.code()).isEqualTo("postponed");
    assertThat(why.reason()).contains("tried again in").endsWith("given back: token expired");
    assertThat(people.job(job.id()).job().state()).isEqualTo("waiting");
  }

  @Test
  void aGrantTheHostNeverHeardOfIsTakenBackWhenItRegistersAgain() {
    var people = plane.tenant("acme");
    var agent = plane.registered("h1", "acme");
    var lost = people.submit(command("true"), "k1");
    var kept = people.submit(command("true"), "k2");
    poll(agent, "h1", 2);
    agent.register(
        new dev.nimbus.api.host.RegisterHost(
            "h1", false, List.of(), 4_000, 8L << 30, 4, List.of(), "1", List.of(kept.id() + ".1")));

    assertThat(people.job(kept.id()).job().state()).isEqualTo("leased");
    var back = people.job(lost.id()).job();
    assertThat(back.state()).isEqualTo("waiting");
    assertThat(back.attempts()).isZero();
    assertThat(poll(agent, "h1", 1).leases().getFirst().fence()).isEqualTo(2);
  }

  @Test
  void everyWaitingJobHasOneReason() {
    var people = plane.tenant("acme");
    var job = people.submit(command("true", "gpu"), "k1");
    assertThat(people.why(job.id()).code()).isEqualTo("no_host");
    plane.registered("h1", "acme", "linux");
    assertThat(people.why(job.id()).reason()).contains("gpu");
    plane.registered("h2", "acme", "gpu");
    plane.operator().limit("acme", new OrgLimitsBody(0, 10, 10));
    assertThat(people.why(job.id()).code()).isEqualTo("org_limit");
  }

  @Test
  void aFullQueueSaysSo() {
    plane.operator().limit("acme", new OrgLimitsBody(1, 1, 1));
    var people = plane.tenant("acme");
    people.submit(command("true"), "k1");
    refused(Kind.EXHAUSTED, "queue-full", () -> people.submit(command("true"), "k2"));
    refused(Kind.DENIED, "", () -> plane.tenant("acme").limit("acme", new OrgLimitsBody(9, 9, 9)));
  }

  @Test
  void eventsFollowAJobToItsEnd() {
    var people = plane.tenant("acme");
    var agent = plane.registered("h1", "acme");
    var job = people.submit(command("true"), "k1");
    try (var events = people.events(job.id())) {
      assertThat(nextState(events)).isEqualTo("waiting");
      poll(agent, "h1", 1);
      agent.started(job.id(), new Fenced("h1", 1));
      agent.finish(job.id(), ended("h1", 1, "succeeded", 0));
      var states = new ArrayList<String>();
      for (var event = events.next(); event.isPresent(); event = events.next()) {
        states.add(view(event.get().data()).state());
      }
      assertThat(states).last().isEqualTo("succeeded");
    }
  }

  @Test
  void aRetriedJobKeepsCountingItsFence() {
    var people = plane.tenant("acme");
    var agent = plane.registered("h1", "acme");
    var job = people.submit(command("true"), "k1");
    refused(Kind.CONFLICT, "not-ended", () -> people.retry(job.id()));
    poll(agent, "h1", 1);
    agent.finish(job.id(), ended("h1", 1, "failed", 1));
    assertThat(people.retry(job.id()).state()).isEqualTo("waiting");
    assertThat(poll(agent, "h1", 1).leases().getFirst().fence()).isEqualTo(2);
  }

  @Test
  void aRevokedTokenIsRefused() {
    var operator = plane.operator();
    var minted = operator.mint(new MintToken("admin", "bob", "acme", List.of(), 600L));
    var bob = new ControlPlaneClient(plane.uri(), minted::token);
    assertThat(bob.hosts()).isEmpty();
    operator.revoke(new RevokeTokens("admin", "bob", "acme"));
    try (var fresh = restarted()) {
      var again = new ControlPlaneClient(fresh.uri(), minted::token);
      refused(Kind.DENIED, "unauthenticated", again::hosts);
    }
  }

  @Test
  void aRotatedKeyDoesNotEndOlderTokens() {
    var operator = plane.operator();
    var people = plane.tenant("acme");
    operator.rotateKey();
    assertThat(people.hosts()).isEmpty();
    assertThat(plane.tenant("acme").hosts()).isEmpty();
    refused(Kind.DENIED, "", people::rotateKey);
  }

  @Test
  void aTenantCannotMintTokensForOthers() {
    var people = plane.tenant("acme");
    refused(Kind.DENIED, "", () -> people.mint(new MintToken("admin", "x", "other", null, null)));
    refused(
        Kind.DENIED,
        "",
        () -> people.mint(new MintToken("admin", "x", null, List.of("every-org"), null)));
    refused(Kind.INVALID, "", () -> people.mint(new MintToken("job", "x", null, null, null)));
    refused(Kind.INVALID, "", () -> people.mint(new MintToken("king", "x", null, null, null)));
  }

  @Test
  void whatWasAcceptedIsThereAfterARestart() {
    var job = plane.tenant("acme").submit(command("true"), "k1");
    try (var fresh = restarted()) {
      assertThat(fresh.tenant("acme").job(job.id()).job().state()).isEqualTo("waiting");
    }
  }

  @Test
  void mistakesInASubmissionAreNamed() {
    var people = plane.tenant("acme");
    refused(Kind.INVALID, "", () -> people.submit(command("true", "cpus:lots"), "k1"));
    assertThatThrownBy(() -> people.submit(command(""), "k2")).hasMessageContaining("command");
    assertThatThrownBy(() -> people.job("../../etc")).isInstanceOf(NimbusException.class);
  }

  @Test
  void jobsArePagedNewestFirst() {
    var people = plane.tenant("acme");
    for (var i = 0; i < 5; i++) {
      people.submit(command("c" + i), "k" + i);
    }
    var first = people.jobs(new Query().with("limit", "3"));
    var second = people.jobs(new Query().with("limit", "3").with("after", "" + first.next()));
    assertThat(first.items())
        .extracting(j -> j.command().getFirst())
        .containsExactly("c4", "c3", "c2");
    assertThat(second.items()).extracting(j -> j.command().getFirst()).containsExactly("c1", "c0");
    assertThat(second.next()).isNull();
  }

  private HttpResponse<String> post(String subject, String path, String key, String body)
      throws IOException, InterruptedException {
    var token = plane.token(Audience.ADMIN, subject, "acme", false);
    var request =
        HttpRequest.newBuilder(plane.uri().resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Where a browser that follows a link is sent. */
  private String followed(HttpResponse<String> offer) throws IOException, InterruptedException {
    var link = Json.read(offer.body().getBytes(StandardCharsets.UTF_8), SignInLink.class).path();
    var request = HttpRequest.newBuilder(plane.uri().resolve(link)).build();
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("Location")
          .orElseThrow();
    }
  }

  private RunningControlPlane restarted() {
    plane.close();
    return new RunningControlPlane(home, Duration.ofSeconds(30));
  }

  private static LeaseReply poll(AgentClient agent, String host, int slots) {
    return agent.poll(new LeaseRequest(host, 4_000, 8L << 30, slots, 20_000));
  }

  private static FinishRequest ended(String host, long fence, String ending, int code) {
    return new FinishRequest(host, fence, ending, code, "", true);
  }

  private static SubmitJob command(String program, String... labels) {
    return new SubmitJob(
        List.of(program), null, List.of(labels), null, null, null, null, null, null, null);
  }

  private static String nextState(dev.nimbus.api.client.EventStream events) {
    return view(events.next().orElseThrow().data()).state();
  }

  private static JobView view(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), JobView.class);
  }

  private static void refused(Kind kind, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NimbusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.code()).isEqualTo(code);
            });
  }
}
