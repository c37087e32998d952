package dev.nimbus.adapters.forges.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.forgejo.ForgejoForge;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.testkit.forge.Ability;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.ForgeContract;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.kin.FakeForgejo;
import dev.nimbus.testkit.forge.kin.FakeForgejo.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole suite once more, with every call of the client and every answer of the fake held
 * against what Forgejo publishes. What runners call is not in it.
 */
final class ForgejoDescriptionTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String BASE = "/api/v1";

  /** Read once for all tests: it takes seconds. */
  private static final AtomicReference<List<Description>> READ = new AtomicReference<>(List.of());

  private final List<Observed> calls = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void readDescription() {
    READ.set(List.of(ForgejoDescription.read()));
  }

  @AfterEach
  void everyCallIsAsDescribed() {
    assertThat(calls.stream().flatMap(call -> differences(call).stream())).isEmpty();
  }

  @Test
  void aCallThatIsNotAsDescribedIsNoticed() {
    var wrong =
        new Observed(
            "POST",
            "/orgs/acme/actions/runners",
            "now=true",
            Map.of("content-type", "application/json"),
            "{\"ephemeral\":\"yes\"}",
            201,
            Map.of(),
            "{\"id\":\"seven\"}");

    assertThat(differences(wrong)).hasSizeGreaterThan(3);
  }

  private static List<String> differences(Observed call) {
    return READ.get().getFirst().differences(call);
  }

  @Override
  protected FakeForge start(SteppedTime time) {
    var fake = FakeForgejo.start(time, Release.NEXT);
    fake.observe(
        call -> {
          if (call.path().startsWith(BASE + "/")) {
            calls.add(below(call));
          }
        });
    return fake;
  }

  private static Observed below(Observed call) {
    return new Observed(
        call.method(),
        call.path().substring(BASE.length()),
        call.query(),
        call.sent(),
        call.body(),
        call.status(),
        call.headers(),
        call.answer());
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return ForgejoForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  /** No call and no webhook names the runner of a job; signatures cover no time. */
  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.NAMES_RUNNERS, Ability.SIGNS_TIME));
  }
}
