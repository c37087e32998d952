package dev.nimbus.adapters.forges.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.github.GitHubForge;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.forge.Listening.Opening;
import dev.nimbus.core.forge.Listening.Seat;
import dev.nimbus.testkit.forge.Ability;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.ForgeContract;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole suite once more, with every call of the client and every answer of the fake held
 * against what GitHub publishes.
 */
final class GitHubDescriptionTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Read once for all tests: it takes seconds. */
  private static final AtomicReference<List<Description>> READ = new AtomicReference<>(List.of());

  private final List<Observed> calls = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void readDescription() {
    READ.set(GitHubDescription.read());
  }

  @AfterEach
  void everyCallIsAsDescribed() {
    for (var description : READ.get()) {
      assertThat(calls.stream().flatMap(call -> description.differences(call).stream())).isEmpty();
    }
  }

  @Test
  void aCallThatIsNotAsDescribedIsNoticed() {
    var wrong =
        new Observed(
            "POST",
            "/orgs/acme/actions/runners/generate-jitconfig",
            "",
            Map.of("content-type", "application/json"),
            "{\"name\":\"nimbus-1\",\"labels\":[]}",
            201,
            Map.of(),
            "{\"runner\":{\"id\":\"seven\"},\"encoded_jit_config\":\"abc\"}");

    assertThat(READ.get().getFirst().differences(wrong)).hasSizeGreaterThan(2);
  }

  /** What is called where scale sets live, GitHub describes nowhere. */
  @Test
  void whatIsAskedOfGitHubForScaleSetsIsAsDescribed() {
    var all = fake().connection();
    var options = new TreeMap<>(all.options());
    options.put("scale_sets", "nimbus");
    var connection =
        new Connection(
            all.org(),
            all.id(),
            all.name(),
            all.kind(),
            all.url(),
            all.owner(),
            all.repositories(),
            options,
            all.secrets(),
            all.changedAt(),
            all.revision());
    var forge = (Listening) open(connection, fake().secrets());

    assertThat(forge.listen(new Seat("nimbus", "me", ""))).isInstanceOf(Opening.Open.class);
    assertThat(calls).anyMatch(call -> call.path().endsWith("/registration-token"));
  }

  @Override
  protected FakeForge start(SteppedTime time) {
    var fake = FakeGitHub.start(time);
    fake.observe(
        call -> {
          if (!call.path().equals("/actions/runner-registration")) {
            calls.add(call);
          }
        });
    return fake;
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return GitHubForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.PAIRS, Ability.SIGNS_TIME));
  }
}
