package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HooksTest {
  private static final String SECRET = "a secret of this test";

  private final FakeGitHub fake = FakeGitHub.start(InstantSource.fixed(Connections.NOON));
  private final Hooks hooks =
      new Hooks(
          SettingsReader.read(
              Connections.of(Map.of()), Map.of("token", "t", "webhook_secret", SECRET)));

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void theActionCountsAndNotTheStatus() {
    var body = queued().replace("\"status\":\"queued\"", "\"status\":\"waiting\"");

    assertThat(event("workflow_job", body)).isInstanceOf(Event.JobQueued.class);
  }

  @Test
  void aJobThatWaitsForApprovalIsNotQueued() {
    var body = queued().replace("\"action\":\"queued\"", "\"action\":\"waiting\"");

    assertThat(event("workflow_job", body)).isInstanceOf(Event.Ignored.class);
  }

  @Test
  void anActionOfTheFutureIsIgnored() {
    var body = queued().replace("\"action\":\"queued\"", "\"action\":\"paused\"");

    assertThat(event("workflow_job", body))
        .isEqualTo(new Event.Ignored("action 'paused' is not known"));
  }

  @Test
  void whatIsUnknownOfAQueuedJobIsSaid() {
    var job = ((Event.JobQueued) event("workflow_job", queued())).job();

    assertThat(job.trust()).isEqualTo(Trust.UNKNOWN);
    assertThat(job.actor()).isEqualTo("a-person");
    assertThat(job.event()).isEmpty();
    assertThat(job.workflow()).isEqualTo("build");
  }

  @Test
  void otherEventsAreIgnoredByName() {
    for (var name : new String[] {"ping", "push", "workflow_run", "check_run"}) {
      assertThat(((Event.Ignored) event(name, "{}")).why()).contains(name);
    }
  }

  @Test
  void aWebhookThatSendsFormsIsToldApart() {
    var rejected = (Event.Rejected) event("workflow_job", "payload=%7B%7D");

    assertThat(rejected.why()).isNotEmpty();
    var form = headers("workflow_job");
    form.put("content-type", "application/x-www-form-urlencoded");
    assertThat(((Event.Rejected) event(form, "payload=%7B%7D")).why()).contains("JSON");
  }

  @Test
  void aDeliveryWithoutAnIdIsRejected() {
    var headers = headers("workflow_job");
    headers.remove("x-github-delivery");

    assertThat(event(headers, queued())).isInstanceOf(Event.Rejected.class);
    headers.put("x-github-delivery", "a b");
    assertThat(event(headers, queued())).isInstanceOf(Event.Rejected.class);
  }

  @Test
  void moreLabelsThanAnyJobHasAreRejected() {
    var many = "[" + "\"x\",".repeat(1_000) + "\"x\"]";
    var body = queued().replace("[\"nimbus\"]", many);

    assertThat(event("workflow_job", body)).isInstanceOf(Event.Rejected.class);
  }

  private String queued() {
    fake.queue(Wanted.job(fake.repository("acme/shop"), "nimbus"));
    return new String(fake.sent().getLast().body(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(String name) {
    var headers = new TreeMap<String, String>();
    headers.put("x-github-event", name);
    headers.put("x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");
    return headers;
  }

  private Event event(String name, String body) {
    return event(headers(name), body);
  }

  private Event event(Map<String, String> headers, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var unsigned = new Delivery(headers, bytes, Connections.NOON);
    return hooks.parse(fake.signed(unsigned, bytes, SECRET)).event();
  }
}
