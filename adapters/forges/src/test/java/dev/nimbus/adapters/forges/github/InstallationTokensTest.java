package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstallationTokensTest extends GitHubCase {
  @Test
  void aTokenAllowsNoMoreThanItIsFor() {
    open().runners();

    assertThat(narrowed(0))
        .isEqualTo(
            Map.of(
                "organization_self_hosted_runners",
                "write",
                "actions",
                "read",
                "metadata",
                "read"));
  }

  @Test
  void aTokenForReportsIsAnother() {
    var forge = open();
    forge.giveUp(waitingJob(forge, "nimbus"), "no host");

    assertThat(calls("POST", "/access_tokens")).hasSize(2);
    assertThat(narrowed(1))
        .isEqualTo(Map.of("statuses", "write", "actions", "read", "metadata", "read"));
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItEnds() {
    var forge = open();
    forge.runners();
    time.step(Duration.ofMinutes(54));
    forge.runners();
    assertThat(calls("POST", "/access_tokens")).hasSize(1);

    time.step(Duration.ofMinutes(2));
    forge.runners();
    assertThat(calls("POST", "/access_tokens")).hasSize(2);
  }

  @Test
  void aTokenOfAnyLengthIsGood() {
    var forge = open();
    forge.runners();

    assertThat(calls("GET", "/actions/runners").getLast().sent().get("authorization"))
        .hasSizeGreaterThan(400);
  }

  @Test
  void aTokenThatEndsEarlyIsRenewedOnce() {
    var forge = open();
    forge.runners();
    fake().revokeTokens();
    forge.runners();

    assertThat(calls("GET", "/actions/runners").stream().map(call -> call.status()))
        .containsExactly(200, 401, 304);
  }

  @Test
  void theInstallationIsFoundByItsOwner() {
    open().waiting(Optional.empty());

    assertThat(calls("GET", "/orgs/acme/installation")).hasSize(1);
  }

  @Test
  void theInstallationMayBeNamed() {
    open(Map.of("installation_id", "1")).waiting(Optional.empty());

    assertThat(calls("GET", "/orgs/acme/installation")).isEmpty();
    assertThat(calls("GET", "/app/installations/1")).hasSize(1);
  }

  private Map<String, String> narrowed(int call) {
    var body = calls("POST", "/access_tokens").get(call).body();
    return Json.read(body.getBytes(StandardCharsets.UTF_8), Wire.Narrowing.class).permissions();
  }
}
