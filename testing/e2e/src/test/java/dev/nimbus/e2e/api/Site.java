package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Delivery;
import dev.nimbus.json.Json;
import dev.nimbus.service.token.Audience;
import dev.nimbus.testkit.forge.FakeForge;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Every service running, and the first steps of whoever uses them. */
final class Site implements AutoCloseable {
  static final String HOST =
      """
      {'host':'h-1','shared':false,'labels':['linux'],'milli_cpus':4000,'memory_bytes':8589934592,
       'slots':4,'reductions':[],'version':'1','held':[]}
      """;
  static final String JOB =
      "{'command':['true'],'labels':['linux'],'env':{'A':'1'},'metadata':{'team':'shop'},'cpus':1}";
  static final String ROOM =
      "{'host':'h-1','free_milli_cpus':4000,'free_memory_bytes':8589934592,'slots':1,'wait_ms':0}";
  static final String HELD = "{'host':'h-1','fence':1}";
  static final String ENDED =
      "{'host':'h-1','fence':1,'ending':'succeeded','exit_code':0,'reason':'',"
          + "'counts_as_attempt':false}";

  final Service plane;
  final Service logs;
  final Service cache;
  final Service agent;
  private final HttpClient client = HttpClient.newHttpClient();
  private final RunningSystem system;
  private final Caller caller;

  Site(Path home) throws IOException, InterruptedException {
    system = RunningSystem.start(home);
    caller = new Caller(system.signingKey());
    plane = Service.at(client, system.port("control plane"));
    logs = Service.at(client, system.port("logging pipeline"));
    cache = Service.at(client, system.port("cache proxy"));
    agent = Service.at(client, system.port("host agent"));
  }

  List<Service> services() {
    return List.of(plane, logs, cache, agent);
  }

  /** A token for every tenant. */
  String operator() {
    return caller.token(Audience.ADMIN);
  }

  /** A token of a tenant for a person or a host. */
  String minted(String by, String subject, String audience)
      throws IOException, InterruptedException {
    var body = "{'audience':'%s','subject':'%s','org':'acme'}".formatted(audience, subject);
    var operation = audience.equals("agent") ? "mintAgentToken" : "mintToken";
    var first = making(operation, by, "t-" + subject).json(body).send();
    var again = making(operation, by, "t-" + subject).json(body).send();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(List.of(first.status(), again.status())).containsExactly(201, 200);
    return first.at("token").text();
  }

  /** Registers the host and submits a job for it. */
  String submitted(String people, String host) throws IOException, InterruptedException {
    plane.call("registerHost").as(host).json(HOST).send();
    assertLast(plane.call("listHosts").as(people).send());
    var first = making("submitJob", people, "j-1").json(JOB).send();
    var again = making("submitJob", people, "j-1").json(JOB).send();
    var job = first.at("id").text();
    assertThat(again.at("id").text()).isEqualTo(job);
    assertThat(first.header("Location")).isEqualTo("/api/jobs/" + job);
    making("submitJob", people, "j-2").json(JOB).send();
    for (var list : List.of("listJobs", "listRecentJobs")) {
      var page = plane.call(list).as(people).query("status", "waiting,leased").query("limit", "1");
      var next = page.query("label", "linux").query("metadata_key", "team").send().at("next");
      assertLast(plane.call(list).as(people).query("after", next.text()).send());
    }
    plane.call("cancelJob").as(people).at("id", newest(people)).json("{}").send();
    plane.call("explainJob").as(people).at("id", job).send();
    plane.call("getJob").as(people).at("id", job).send();
    return job;
  }

  /** The job leased, with the tokens that come with it. */
  Node leased(String host, String job) throws IOException, InterruptedException {
    var grant = plane.call("askForLeases").as(host).json(ROOM).send().at("leases").items();
    assertThat(grant).hasSize(1);
    assertThat(grant.getFirst().at("job").text()).isEqualTo(job);
    plane.call("startLease").as(host).at("job", job).json(HELD).send();
    plane.call("renewLease").as(host).at("job", job).json(HELD).send();
    plane.call("getLogToken").as(host).at("job", job).json(HELD).send();
    return grant.getFirst();
  }

  Call making(String operation, String by, String key) {
    return plane.call(operation).as(by).header("Idempotency-Key", key);
  }

  private String newest(String people) throws IOException, InterruptedException {
    var jobs = plane.call("listJobs").as(people).query("limit", "1").send().at("items").items();
    return jobs.getFirst().at("id").text();
  }

  /** A list without a page after it says so, and does not keep silent. */
  static void assertLast(Answer page) {
    assertThat(page.body()).contains("\"next\":null");
  }

  /** A webhook as its forge sends it. */
  Answer delivered(String operation, String connection, Delivery delivery)
      throws IOException, InterruptedException {
    var call = plane.call(operation).at("forge", "github");
    if (!connection.isEmpty()) {
      call = call.at("connection", connection);
    }
    for (var header : delivery.headers().entrySet()) {
      call = call.header(header.getKey(), header.getValue());
    }
    return call.bytes(delivery.body()).send();
  }

  /** The body that connects a forge. */
  static String connection(FakeForge forge) {
    var connection = forge.connection();
    return Json.text(
            Map.of(
                "kind",
                connection.kind().word(),
                "url",
                connection.url().toString(),
                "owner",
                connection.owner(),
                "options",
                connection.options(),
                "secrets",
                forge.secrets()))
        .replace("'", "\\u0027");
  }

  /** The host, with the program that runs GitHub's jobs. */
  static String runnerHost() {
    return HOST.replace("'linux'", "'linux','runner:actions-runner'");
  }

  static String limits() {
    return "{'max_running':9,'max_running_per_repository':9,'max_waiting':9}";
  }

  static String batch(String job, String source, String text) {
    var sequence = source.equals("console") ? 1 : 2;
    return """
        {'job':'%s','attempt':1,'lines':[{'sequence':%d,'at':'2026-11-22T12:00:00Z',
         'source':'%s','level':'info','text':'%s','complete':true}]}
        """
        .formatted(job, sequence, source, text);
  }

  @Override
  public void close() {
    client.shutdownNow();
    caller.close();
    system.close();
  }
}
