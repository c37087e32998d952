package dev.nimbus.adapters.forges.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.http.Documents;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Proof;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class HooksPropertyTest {
  private static final String TOKEN = "a token between GitLab and its hook";
  private static final Delivery GENUINE = genuine();

  private final Hooks hooks =
      new Hooks(
          SettingsReader.read(
              Connections.of(Map.of()), Map.of("token", "t", "webhook_token", TOKEN)));

  @Property
  void bytesWithoutSenseAreRejectedThoughTheTokenIsRight(@ForAll @Size(max = 200) byte[] body) {
    assertThat(event(GENUINE.headers(), body)).isInstanceOf(Event.Rejected.class);
  }

  @Property
  void whatIsNotBelievedIsRejectedWhateverItsHeaders(
      @ForAll("headers") Map<String, String> headers) {
    assertThat(event(headers, GENUINE.body())).isInstanceOf(Event.Rejected.class);
  }

  @Property
  void aFieldOfAnyOtherKindIsNeverAnException(
      @ForAll("oddities") Object odd, @ForAll Random random, @ForAll("names") String name) {
    var headers = new LinkedHashMap<>(GENUINE.headers());
    headers.put("x-gitlab-event", name);
    var body = Json.write(Documents.changed(Json.read(GENUINE.body(), Map.class), odd, random));

    assertThat(event(headers, body)).isNotNull();
  }

  @Property
  void anyWordForAStatusIsUnderstoodOrIgnored(@ForAll("statuses") String status) {
    var fields = new LinkedHashMap<Object, Object>(Json.read(GENUINE.body(), Map.class));
    fields.put("build_status", status);

    assertThat(event(GENUINE.headers(), Json.write(fields)))
        .isNotInstanceOf(Event.Rejected.class)
        .isNotInstanceOf(Event.JobQueued.class);
  }

  private Event event(Map<String, String> headers, byte[] body) {
    return hooks.parse(new Delivery(headers, body, Connections.NOON)).event();
  }

  @Provide
  Arbitrary<Object> oddities() {
    return Arbitraries.of(
        "",
        "text",
        0,
        -1,
        1.5,
        Long.MAX_VALUE,
        true,
        List.of(),
        List.of("a"),
        Map.of(),
        Map.of("homepage", "https://[", "path_with_namespace", "acme/.."),
        "x".repeat(10_000),
        "\u0000",
        "https://gitlab.example/../etc",
        "acme/..");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("Job Hook", "Job Hook", "Pipeline Hook", "System Hook");
  }

  @Provide
  Arbitrary<String> statuses() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(300),
        Arbitraries.of("created", "pending", "running", "canceling", "manual", "skipped"));
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    var names =
        Arbitraries.of(
            "X-Gitlab-Token",
            "X-Gitlab-Event",
            "Idempotency-Key",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");
    var values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(90),
            Arbitraries.of("Job Hook", "v1,", TOKEN + " ", TOKEN.substring(1), "1767268800"));
    return Arbitraries.maps(names, values);
  }

  private static Delivery genuine() {
    var time = InstantSource.fixed(Connections.NOON);
    try (var fake = FakeGitLab.start(time, Release.V19, Proof.TOKEN)) {
      fake.queue(Wanted.job(fake.repository("acme/shop"), "nimbus"));
      return fake.sent().getLast();
    }
  }
}
