package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.http.Documents;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
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
  private static final String SECRET = "a secret of this test";
  private static final Delivery GENUINE = genuine();

  private final Hooks hooks =
      new Hooks(
          SettingsReader.read(
              Connections.of(Map.of()), Map.of("token", "t", "webhook_secret", SECRET)));

  @Property
  void bytesWithoutSenseAreRejectedThoughSigned(@ForAll @Size(max = 200) byte[] body) {
    assertThat(event(GENUINE.headers(), body)).isInstanceOf(Event.Rejected.class);
  }

  @Property
  void whatIsNotSignedIsRejectedWhateverItsHeaders(@ForAll("headers") Map<String, String> headers) {
    var delivery = new Delivery(headers, GENUINE.body(), Connections.NOON);

    assertThat(hooks.parse(delivery).event()).isInstanceOf(Event.Rejected.class);
  }

  @Property
  void aFieldOfAnyOtherKindIsNeverAnException(
      @ForAll("oddities") Object odd, @ForAll Random random, @ForAll("names") String name) {
    var headers = new LinkedHashMap<>(GENUINE.headers());
    headers.put("x-github-event", name);
    var body = Json.write(Documents.changed(Json.read(GENUINE.body(), Map.class), odd, random));

    assertThat(event(headers, body)).isNotNull();
  }

  private Event event(Map<String, String> headers, byte[] body) {
    var unsigned = new Delivery(headers, body, Connections.NOON);
    return hooks.parse(FakeGitHub.sign(unsigned, body, SECRET)).event();
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
        List.of(1, 2),
        Map.of(),
        Map.of("id", 1),
        "x".repeat(10_000),
        "\u0000",
        "../../etc",
        "acme/..");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("workflow_job", "workflow_job", "push");
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    var names =
        Arbitraries.of(
            "X-Hub-Signature-256", "X-GitHub-Event", "X-GitHub-Delivery", "Content-Type", "Other");
    var values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(90),
            Arbitraries.of("workflow_job", "sha256=", "sha256=" + "0".repeat(64)));
    return Arbitraries.maps(names, values);
  }

  private static Delivery genuine() {
    try (var fake = FakeGitHub.start(InstantSource.fixed(Connections.NOON))) {
      fake.queue(Wanted.job(fake.repository("acme/shop"), "nimbus"));
      return fake.sent().getFirst();
    }
  }
}
