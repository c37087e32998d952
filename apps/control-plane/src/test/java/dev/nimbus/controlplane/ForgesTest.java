package dev.nimbus.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.forge.ApplyForge;
import dev.nimbus.api.forge.ForgeView;
import dev.nimbus.api.forge.WebhookReply;
import dev.nimbus.api.job.ForgeJobView;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.json.Json;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane and a GitHub that lives in memory, as an operator and a host meet them. */
final class ForgesTest {
  private static final String NAME = "acme-github";

  private final FakeForge github = FakeGitHub.start(SystemTime.clock());
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path home;
  private RunningControlPlane plane;
  private ControlPlaneClient people;

  @BeforeEach
  void start() {
    plane = new RunningControlPlane(home, Duration.ofSeconds(30));
    people = plane.tenant("acme");
  }

  @AfterEach
  void stop() {
    plane.close();
    github.close();
    http.close();
  }

  @Test
  void aWebhookBecomesAJobWhoseRunnerTheHostIsGiven() throws Exception {
    connect();
    var agent = plane.registered("h1", "acme", "linux", ForgeKind.GITHUB.label());
    var key = github.queue(wanted());

    assertThat(receive(last()).body()).contains("the forge is asked for more");

    var grant = agent.poll(room()).leases().getFirst();
    assertThat(grant.runner()).isEqualTo("github");
    var reply = agent.runner(grant.job(), held(grant));
    assertThat(reply.tool()).isEqualTo("actions-runner");
    var launch = new RunnerLaunch(ForgeKind.GITHUB, reply.command(), reply.env(), reply.files());
    assertThat(github.run(launch)).contains(key);
    assertThat(people.job(grant.job()).job().forge())
        .isNotNull()
        .returns(key.id(), ForgeJobView::job)
        .returns("build", ForgeJobView::workflow);
  }

  @Test
  void aDeliveryIsTakenOnceAndARepeatedOneSaysSo() throws Exception {
    connect();
    github.queue(wanted());

    var first = receive(last());
    var again = receive(last());

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(reply(again).duplicate()).isTrue();
  }

  @Test
  void whatNobodySignedIsRefusedAndChangesNothing() throws Exception {
    connect();
    github.queue(wanted());
    var genuine = last();

    var forged = github.signed(genuine, genuine.body(), "a guess");
    var cut = new Delivery(genuine.headers(), new byte[] {'{'}, genuine.receivedAt());
    var huge = new Delivery(genuine.headers(), new byte[30 << 20], genuine.receivedAt());

    assertThat(receive(forged).statusCode()).isEqualTo(401);
    assertThat(receive(cut).statusCode()).isEqualTo(401);
    assertThat(receive(huge).statusCode()).isEqualTo(413);
    assertThat(receive("/webhooks/gitea", genuine).statusCode()).isEqualTo(401);
    assertThat(receive("/webhooks/sourcehut", genuine).statusCode()).isEqualTo(404);
    var taken = receive(genuine);
    assertThat(taken.statusCode()).isEqualTo(202);
    assertThat(reply(taken).duplicate()).isFalse();
  }

  @Test
  void whoIsNotBelievedTimeAndAgainIsTurnedAwayButNotAtTheAddressOfAConnection() throws Exception {
    var own = connect().webhookPath();
    github.queue(wanted());
    var genuine = last();
    var forged = github.signed(genuine, genuine.body(), "a guess");
    assertThat(receive("/webhooks/github/c-guessed", genuine).statusCode()).isEqualTo(401);
    for (var i = 1; i < 60; i++) {
      assertThat(receive(forged).statusCode()).isEqualTo(401);
    }

    assertThat(receive(genuine).statusCode()).isEqualTo(429);
    assertThat(receive("/webhooks/github/c-guessed", genuine).statusCode()).isEqualTo(429);
    assertThat(receive(own, forged).statusCode()).isEqualTo(401);
    assertThat(receive(own, genuine).statusCode()).isEqualTo(202);

    plane.pass(Duration.ofMinutes(1));
    assertThat(receive(genuine).statusCode()).isEqualTo(200);
  }

  @Test
  void aStrangersForkIsRefusedWithTheReason() throws Exception {
    connect();

    github.queue(wanted().fromFork());
    receive(last());
    var job = eventually();

    assertThat(job.state()).isEqualTo("rejected");
    assertThat(job.reason()).contains("fork");
    assertFails(Kind.CONFLICT, () -> people.retry(job.id())).hasMessageContaining("fork");
  }

  @Test
  void aConnectionIsMadeOnceAndItsSecretsNeverLeave() {
    var made = connect();
    var again = people.applyForge(NAME, applied());

    assertThat(again.revision()).isEqualTo(made.revision());
    assertThat(made.secrets()).containsAll(github.secrets().keySet());
    var shown = Json.text(people.forge(NAME)) + Json.text(people.forges());
    github.secrets().values().forEach(secret -> assertThat(shown).doesNotContain(secret));
    assertThat(people.checkForge(NAME).findings()).isNotEmpty();
  }

  @Test
  void everyMistakeOfAConnectionIsNamedAndNothingIsKept() {
    var wrong =
        new ApplyForge(
            "github",
            URI.create("https://github.com"),
            "acme",
            null,
            Map.of("colour", "red"),
            null);

    assertFails(Kind.INVALID, () -> people.applyForge(NAME, wrong))
        .hasMessageContaining("colour")
        .hasMessageContaining("webhook_secret");
    var kind = new ApplyForge("sourcehut", URI.create("https://sr.ht"), "", null, null, null);
    assertFails(Kind.INVALID, () -> people.applyForge(NAME, kind))
        .hasMessageContaining("sourcehut");
    assertThat(people.forges()).isEmpty();
  }

  @Test
  void secretsAreNotTakenAlongToAnotherAddress() {
    connect();
    var elsewhere =
        new ApplyForge(
            "github",
            URI.create("https://github.evil.example"),
            github.connection().owner(),
            null,
            github.connection().options(),
            Map.of("webhook_secret", "a secret that is new and long enough"));

    assertFails(Kind.INVALID, () -> people.applyForge(NAME, elsewhere))
        .hasMessageContaining("evil.example")
        .hasMessageNotContainingAny(github.secrets().values().toArray(String[]::new));

    assertThat(people.forge(NAME).url()).isEqualTo(github.connection().url());
  }

  @Test
  void oneTenantKnowsNothingOfAnothersConnections() {
    connect();
    var others = plane.tenant("globex");

    assertThat(others.forges()).isEmpty();
    assertFails(Kind.NOT_FOUND, () -> others.forge(NAME));
    assertFails(Kind.NOT_FOUND, () -> others.checkForge(NAME));
    assertFails(Kind.NOT_FOUND, () -> others.removeForge(NAME));
  }

  @Test
  void whatWaitsForAForgottenForgeIsCalledOff() throws Exception {
    connect();
    github.queue(wanted());
    receive(last());
    eventually();

    people.removeForge(NAME);

    assertThat(jobs().findFirst().orElseThrow().state()).isEqualTo("cancelled");
    assertThat(receive(last()).statusCode()).isEqualTo(401);
    assertFails(Kind.NOT_FOUND, () -> people.removeForge(NAME));
  }

  @Test
  void onlyTheHostThatHoldsAJobIsGivenItsRunner() throws Exception {
    connect();
    var agent = plane.registered("h1", "acme", "linux", ForgeKind.GITHUB.label());
    var other = plane.registered("h2", "globex", "linux", ForgeKind.GITHUB.label());
    github.queue(wanted());
    receive(last());
    var grant = agent.poll(room()).leases().getFirst();

    assertFails(Kind.CONFLICT, () -> other.runner(grant.job(), new Fenced("h2", grant.fence())));
    assertFails(
        Kind.CONFLICT, () -> agent.runner(grant.job(), new Fenced("h1", grant.fence() + 1)));
    assertThat(github.runners()).isEmpty();
  }

  @Test
  void aRunnerIsNotMadeForAJobThatIsOver() throws Exception {
    connect();
    var agent = plane.registered("h1", "acme", "linux", ForgeKind.GITHUB.label());
    var key = github.queue(wanted());
    receive(last());
    var grant = agent.poll(room()).leases().getFirst();

    github.cancel(key);
    receive(last());

    assertFails(Kind.CONFLICT, () -> agent.runner(grant.job(), held(grant)))
        .hasMessageContaining("needs no runner");
  }

  @Test
  void aQueueIsListenedToAndItsJobGetsARunnerOfIt() {
    var options = new TreeMap<>(applied().options());
    options.put("scale_sets", "nimbus");
    var connection = github.connection();
    people.applyForge(
        NAME,
        new ApplyForge(
            "github", connection.url(), connection.owner(), null, options, github.secrets()));
    var agent = plane.registered("h1", "acme", "linux", ForgeKind.GITHUB.label());
    var key = github.queue(Wanted.job(github.repository("acme/shop"), "nimbus"));

    var grant = agent.poll(room()).leases().getFirst();
    var reply = agent.runner(grant.job(), held(grant));

    var launch = new RunnerLaunch(ForgeKind.GITHUB, reply.command(), reply.env(), reply.files());
    assertThat(github.run(launch)).contains(key);
  }

  private ForgeView connect() {
    return people.applyForge(NAME, applied());
  }

  private ApplyForge applied() {
    var connection = github.connection();
    return new ApplyForge(
        "github",
        connection.url(),
        connection.owner(),
        null,
        connection.options(),
        github.secrets());
  }

  private Wanted wanted() {
    return Wanted.job(github.repository("acme/shop"), "nimbus", "linux");
  }

  private Delivery last() {
    return github.sent().getLast();
  }

  private HttpResponse<String> receive(Delivery delivery) throws IOException, InterruptedException {
    return receive("/webhooks/github", delivery);
  }

  private HttpResponse<String> receive(String path, Delivery delivery)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(plane.uri().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
    delivery.headers().forEach(request::setHeader);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static WebhookReply reply(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(StandardCharsets.UTF_8), WebhookReply.class);
  }

  /** The job that a forge's answer makes, once it is there. */
  private JobView eventually() {
    return Stream.generate(() -> jobs().findFirst())
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private Stream<JobView> jobs() {
    return people.jobs(new Query()).items().stream();
  }

  private static LeaseRequest room() {
    return new LeaseRequest("h1", 4_000, 8L << 30, 1, 20_000);
  }

  private static Fenced held(Grant grant) {
    return new Fenced("h1", grant.fence());
  }

  private static AbstractThrowableAssert<?, ?> assertFails(Kind kind, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NimbusException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }
}
