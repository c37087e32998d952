package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents forbid is refused, and every refusal is a problem of its kind. */
final class ApiRefusalsTest {
  private static final String AGENT = "{'audience':'agent','subject':'h-2'}";

  private static final String FORGE = "{'kind':'gitea','url':'https://git.example','owner':'acme'}";

  private static final String PROVIDER = "{'kind':'local','options':{'slots':'1'}}";

  private static final String POOL =
      "{'offerings':[{'provider':'p','place':'local','type':'slot','cpus':1.0,'memory_bytes':1}],'max':1}";

  private static final String MACHINE = "nb-ours0001-abcdefgh";

  @TempDir Path home;

  private Site site;

  @BeforeEach
  void start() throws Exception {
    site = new Site(home);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void whatADocumentForbidsToSendIsRefusedAsInvalid() throws Exception {
    var operator = site.operator();
    var people = site.minted(operator, "ann", "admin");
    var host = site.minted(people, "h-1", "agent");
    var job = site.submitted(people, host);
    var token = site.leased(host, job).at("job_token").text();

    refuse(() -> plane("submitJob", people), Site.JOB);
    refuse(() -> plane("mintToken", people), AGENT);
    refuse(() -> plane("mintAgentToken", people), AGENT);
    refuse(() -> plane("revokeTokens", people), AGENT);
    refuse(() -> plane("limitOrg", operator).at("org", "acme"), Site.limits());
    refuse(() -> plane("registerHost", host), Site.HOST);
    refuse(() -> plane("askForLeases", host), Site.ROOM);
    refuse(() -> plane("applyForge", people).at("name", "acme"), FORGE);
    refuse(() -> plane("applyProvider", operator).at("name", "p"), PROVIDER);
    refuse(() -> plane("applyPool", people).at("name", "p"), POOL);
    refuse(() -> plane("makeMachine", people), "{'pool':'p'}");
    refuse(() -> site.plane.call("bootMachine"), "{'machine':'" + MACHINE + "','ticket':'t'}");
    refuse(
        () -> site.plane.call("reportMachine").at("machine", MACHINE),
        "{'ticket':'t','state':'done'}");
    for (var held : List.of("startLease", "renewLease", "getLogToken", "registerRunner")) {
      refuse(() -> plane(held, host).at("job", job), Site.HELD);
    }
    refuse(() -> plane("finishLease", host).at("job", job), Site.ENDED);
    refuse(() -> site.logs.call("appendLines").as(token), Site.batch(job, "console", "x"));

    for (var service : site.services()) {
      assertThat(service.seen()).containsAll(refusable(service));
    }
  }

  @Test
  void whatADocumentForbidsAParameterIsRefusedAsInvalid() throws Exception {
    var operator = site.operator();
    var people = site.minted(operator, "ann", "admin");
    var host = site.minted(people, "h-1", "agent");
    var job = site.submitted(people, host);

    for (var operation : site.plane.document().operations().values()) {
      for (var wrong : Wrong.parameters(operation)) {
        var call = wrong.on(plane(operation.id(), people));
        for (var place : List.of("id", "name", "forge", "connection", "machine")) {
          call = operation.path().contains("{" + place + "}") ? call.at(place, job) : call;
        }
        assertInvalid(call);
      }
    }
    for (var operation : site.logs.document().operations().values()) {
      for (var wrong : Wrong.parameters(operation)) {
        assertInvalid(wrong.on(site.logs.call(operation.id()).as(operator)));
      }
    }
  }

  @Test
  void refusalsAreProblemsOfTheirKind() throws Exception {
    var people = site.minted(site.operator(), "ann", "admin");
    var host = site.minted(people, "h-1", "agent");
    var job = site.submitted(people, host);

    assertProblem(plane("getJob", people).at("id", "j-unknown"), "not_found", "");
    assertProblem(plane("getJob", host).at("id", job), "denied", "");
    assertProblem(site.plane.call("getJob").at("id", job), "denied", "unauthenticated");
    assertProblem(
        site.plane.call("getJob").as("nonsense").at("id", job), "denied", "unauthenticated");
    assertProblem(plane("listJobs", people).query("org", "globex"), "denied", "");
    assertProblem(plane("retryJob", people).at("id", job), "conflict", "not-ended");
    assertProblem(
        plane("startLease", host).at("job", job).json(Site.HELD), "conflict", "stale-fence");
    assertProblem(
        plane("submitJob", people).header("Idempotency-Key", "j-1").json("{'command':['x']}"),
        "conflict",
        "idempotency-key-taken");
    assertProblem(plane("applyProvider", people).at("name", "p").json(PROVIDER), "denied", "");
    assertProblem(plane("registerHost", host).bytes(new byte[70_000]), "exhausted", "too-large");
    assertProblem(plane("cancelJob", people).at("id", job).json("{'force':true}"), "invalid", "");
    assertProblem(site.cache.call("getBlob").at("key", "a/b"), "denied", "unauthenticated");
  }

  private Call plane(String operation, String token) {
    return site.plane.call(operation).as(token);
  }

  /** Sends a body that is well in every way in which it is not. */
  private static void refuse(Supplier<Call> call, String body) throws Exception {
    for (var wrong : Wrong.bodies(call.get(), Node.parse(body.replace('\'', '"')))) {
      assertInvalid(call.get().json(wrong));
    }
  }

  private static List<String> refusable(Service service) {
    return service.document().operations().values().stream()
        .filter(operation -> operation.taken().there())
        .map(operation -> operation.id() + " 400")
        .toList();
  }

  private static void assertInvalid(Call call) throws Exception {
    var answer = call.refused();
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.at("kind").text()).isEqualTo("invalid");
  }

  private static void assertProblem(Call call, String kind, String code) throws Exception {
    var answer = call.refused();
    assertThat(answer.at("kind").text()).as(answer.body()).isEqualTo(kind);
    assertThat(answer.at("code").text()).isEqualTo(code);
  }
}
