package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.service.time.SystemTime;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What running services take and answer is what their documents say. */
final class ApiTrafficTest {
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
  void everyOperationAnswersInEveryWayItsDocumentSays() throws Exception {
    var operator = site.operator();
    var people = site.minted(operator, "ann", "admin");
    var host = site.minted(people, "h-1", "agent");
    operating(operator);
    var job = site.submitted(people, host);
    var lease = site.leased(host, job);
    logged(operator, people, lease.at("job_token").text(), job);
    cached(lease.at("cache_token").text());
    ended(people, host, job);
    connected(people, host);
    new MachineTraffic(site, operator, people, home).send();
    signingIn(people);
    watched(operator);
    revoked(operator);

    for (var service : site.services()) {
      assertThat(seen()).containsAll(promised(service));
    }
  }

  private void operating(String operator) throws Exception {
    site.plane.call("limitOrg").as(operator).at("org", "acme").json(Site.limits()).send();
    Site.assertLast(site.plane.call("listOrgs").as(operator).send());
  }

  private void logged(String operator, String people, String token, String job) throws Exception {
    site.logs.call("appendLines").as(token).json(Site.batch(job, "console", "hello")).send();
    var all = site.logs.call("queryLines").as(operator).query("org", "acme").query("level", "info");
    assertThat(all.query("from", "2026-01-01T00:00:00Z").send().at("items").items()).hasSize(1);
    assertThat(site.logs.call("queryLines").as(token).send().at("items").items()).hasSize(1);
    var follow =
        site.logs.call("followLines").as(operator).query("org", "acme").query("job_id", job);
    assertThat(follow.events(1)).extracting(Call.Event::name).containsExactly("line");
    var page = site.plane.call("getLog").as(people).at("id", job).query("contains", "hello").send();
    assertThat(page.at("items").items()).hasSize(1);
    Site.assertLast(page);
  }

  private void cached(String token) throws Exception {
    var blob = "some bytes".getBytes(StandardCharsets.UTF_8);
    for (var status : List.of(201, 200)) {
      var put = site.cache.call("putBlob").as(token).at("key", "a/b.txt").bytes(blob).send();
      assertThat(put.status()).isEqualTo(status);
    }
    site.cache.call("findBlob").as(token).at("key", "a/b.txt").send();
    assertThat(site.cache.call("getBlob").as(token).at("key", "a/b.txt").send().body())
        .isEqualTo("some bytes");
  }

  private void ended(String people, String host, String job) throws Exception {
    var token =
        site.plane
            .call("getLogToken")
            .as(host)
            .at("job", job)
            .json(Site.HELD)
            .send()
            .at("job_token");
    site.plane.call("finishLease").as(host).at("job", job).json(Site.ENDED).send();
    site.logs
        .call("appendLines")
        .as(token.text())
        .json(Site.batch(job, "nimbus", "nimbus: ended"))
        .send();
    var log =
        site.plane.call("getLog").as(people).at("id", job).query("follow", "true").events(100);
    assertThat(log).extracting(Call.Event::name).containsExactly("line", "line", "end");
    var events = site.plane.call("followJob").as(people).at("id", job).events(100);
    assertThat(events).hasSize(1);
    site.plane.call("explainJob").as(people).at("id", job).send();
    site.plane.call("getJob").as(people).at("id", job).send();
    site.plane.call("retryJob").as(people).at("id", job).send();
    site.plane.call("cancelJob").as(people).at("id", job).send();
  }

  private void connected(String people, String host) throws Exception {
    try (var github = FakeGitHub.start(SystemTime.clock())) {
      var body = Site.connection(github);
      for (var status : List.of(201, 200)) {
        var applied = forge("applyForge", people).json(body).send();
        assertThat(applied.status()).isEqualTo(status);
      }
      Site.assertLast(site.plane.call("listForges").as(people).send());
      var path = forge("getForge", people).send().at("webhook_path").text();
      forge("checkForge", people).send();
      var ways =
          Map.of("receiveWebhook", "", "receiveWebhookOfConnection", path.replaceFirst(".*/", ""));
      for (var way : ways.entrySet()) {
        github.queue(Wanted.job(github.repository("acme/shop"), "nimbus"));
        for (var status : List.of(202, 200)) {
          var taken = site.delivered(way.getKey(), way.getValue(), github.sent().getLast());
          assertThat(taken.status()).isEqualTo(status);
        }
      }
      served(host);
    }
    forge("removeForge", people).send();
  }

  private void served(String host) throws Exception {
    site.plane.call("registerHost").as(host).json(Site.runnerHost()).send();
    var room = Site.ROOM.replace("'wait_ms':0", "'wait_ms':20000");
    var leases = site.plane.call("askForLeases").as(host).json(room).send().at("leases").items();
    var job = leases.getFirst().at("job").text();
    var runner = site.plane.call("registerRunner").as(host).at("job", job).json(Site.HELD).send();
    assertThat(runner.at("tool").text()).isEqualTo("actions-runner");
  }

  private Call forge(String operation, String people) {
    return site.plane.call(operation).as(people).at("name", "acme-github");
  }

  private void signingIn(String people) throws Exception {
    site.making("offerSignIn", people, "s-1").send();
    var link = site.making("offerSignIn", people, "s-1").send().at("path").text();
    site.plane.call("signIn").query("code", link.substring(link.indexOf('=') + 1)).send();
    site.plane.call("signOut").as(people).send();
  }

  private void watched(String operator) throws Exception {
    for (var service : site.services()) {
      service.call("getDocument").send();
      service.call("getHealth").send();
      service.call("getMetrics").as(RunningSystem.METRICS_TOKEN).send();
      service
          .call("getStatus")
          .as(service == site.agent ? RunningSystem.METRICS_TOKEN : operator)
          .send();
    }
    for (var service : List.of(site.plane, site.logs, site.cache)) {
      service.call("getReadiness").send();
    }
    assertThat(site.agent.call("getReadiness").refused().at("checks", "control-plane").text())
        .isEqualTo("failed");
    site.plane.call("getKeys").send();
    site.plane.call("getStanding").as(operator).send();
    for (var page : List.of("showOverview", "showJobs", "showJob", "showHosts", "getAsset")) {
      seenBefore(page);
    }
  }

  private void seenBefore(String page) throws Exception {
    var tag = page(page).send().header("ETag");
    assertThat(page(page).header("If-None-Match", tag).send().status()).isEqualTo(304);
  }

  private Call page(String page) {
    var call = site.plane.call(page);
    return switch (page) {
      case "showJob" -> call.at("id", "j-1");
      case "getAsset" -> call.at("path", "api.js");
      default -> call;
    };
  }

  private void revoked(String operator) throws Exception {
    Site.assertLast(site.plane.call("listTokens").as(operator).query("org", "acme").send());
    var subject = "{'audience':'admin','subject':'ann','org':'acme'}";
    site.plane.call("revokeTokens").as(operator).json(subject).send();
    site.plane.call("rotateKey").as(operator).send();
  }

  private List<String> seen() {
    var all = new ArrayList<String>();
    site.services().forEach(service -> all.addAll(service.seen()));
    return all;
  }

  private static List<String> promised(Service service) {
    var promised = new ArrayList<String>();
    for (var operation : service.document().operations().values()) {
      operation.successes().forEach(status -> promised.add(operation.id() + " " + status));
    }
    return promised;
  }
}
