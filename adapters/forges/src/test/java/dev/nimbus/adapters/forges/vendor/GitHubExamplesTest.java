package dev.nimbus.adapters.forges.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.github.GitHubForge;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.testkit.tool.VendorPackage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads genuine webhooks as GitHub publishes them. */
final class GitHubExamplesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String SECRET = "a secret of this test";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final List<Example> examples = examples();

  @Test
  void everyJobIsReadByItsAction() {
    var jobs = examples.stream().filter(Example::aboutJob).toList();

    assertThat(jobs).hasSizeGreaterThan(5);
    assertThat(jobs.stream().map(Example::action))
        .contains("queued", "in_progress", "completed", "waiting");
    for (var example : jobs) {
      check(example, owned(example).parse(example.delivery()).event());
    }
  }

  @Test
  void jobsOfOthersAreRejected() {
    for (var example : examples.stream().filter(Example::aboutJob).toList()) {
      assertThat(open("somebody-else").parse(example.delivery()).event())
          .isInstanceOf(Event.Rejected.class);
    }
  }

  @Test
  void everythingElseIsIgnored() {
    var others = examples.stream().filter(example -> !example.aboutJob()).toList();

    assertThat(others.stream().map(Example::event).distinct()).hasSizeGreaterThan(50);
    for (var example : others) {
      assertThat(open("acme").parse(example.delivery()).event())
          .as(example.event())
          .isInstanceOf(Event.Ignored.class);
    }
  }

  private static void check(Example example, Event event) {
    var job = example.body().get("workflow_job");
    var id = job.get("id").asString();
    switch (example.action()) {
      case "queued" -> {
        var queued = ((Event.JobQueued) event).job();
        assertThat(queued.key().id()).isEqualTo(id);
        assertThat(queued.labels()).isEqualTo(texts(job.get("labels")));
        assertThat(queued.repository().value())
            .isEqualTo(example.body().get("repository").get("full_name").asString());
        assertThat(queued.name()).isEqualTo(job.get("name").asString());
      }
      case "in_progress" -> assertThat(((Event.JobStarted) event).job().id()).isEqualTo(id);
      case "completed" -> {
        var finished = (Event.JobFinished) event;
        assertThat(finished.job().id()).isEqualTo(id);
        assertThat(finished.conclusion()).isEqualTo(job.get("conclusion").asString());
      }
      default -> assertThat(event).isInstanceOf(Event.Ignored.class);
    }
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static Forge owned(Example example) {
    var name = example.body().get("repository").get("full_name").asString();
    return open(name.substring(0, name.indexOf('/')));
  }

  private static Forge open(String owner) {
    var connection =
        new Connection(
            OrgId.DEFAULT,
            new ConnectionId("c-1"),
            new ConnectionName("github"),
            ForgeKind.GITHUB,
            URI.create("https://github.com"),
            owner,
            List.of(),
            new TreeMap<>(),
            new Sealed("none", ""),
            NOON,
            1);
    var secrets = Map.of("token", "ghp_of_this_test", "webhook_secret", SECRET);
    return GitHubForge.open(connection, secrets, CLIENT, InstantSource.system(), _ -> {});
  }

  private static List<Example> examples() {
    var file =
        VendorPackage.folder("@octokit/webhooks-examples").resolve("api.github.com/index.json");
    var found = new ArrayList<Example>();
    for (var event : JsonMapper.builder().build().readTree(file.toFile())) {
      for (var body : event.get("examples")) {
        found.add(new Example(event.get("name").asString(), body));
      }
    }
    return found;
  }

  private record Example(String event, JsonNode body) {
    boolean aboutJob() {
      return event.equals("workflow_job");
    }

    String action() {
      return body.get("action").asString();
    }

    Delivery delivery() {
      var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      var headers =
          Map.of(
              "X-GitHub-Event",
              event,
              "X-GitHub-Delivery",
              "72d3162e-cc78-11e3-81ab-4c9367dc0958",
              "X-Hub-Signature-256",
              "sha256=" + hmac(bytes));
      return new Delivery(headers, bytes, NOON);
    }

    private static String hmac(byte[] body) {
      try {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("This JDK has no HMAC", e);
      }
    }
  }
}
