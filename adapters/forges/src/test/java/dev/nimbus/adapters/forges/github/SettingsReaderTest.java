package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.Repository;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
  private static final Map<String, String> SECRETS =
      Map.of("token", "ghp_1", "webhook_secret", "s");

  @Test
  void aTokenIsEnough() {
    var settings = SettingsReader.read(Connections.of(Map.of()), SECRETS);

    assertThat(settings.credentials()).containsExactly(new Credential.Token("ghp_1"));
    assertThat(settings.webhookSecrets()).containsExactly("s");
    assertThat(settings.level()).isEqualTo(Settings.Level.ORGANIZATION);
    assertThat(settings.betweenChanges()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.byApp()).isFalse();
  }

  @Test
  void severalAppsAndSecretsAreNumbered() {
    var secrets =
        Map.of(
            "private_key",
            key(),
            "private_key_2",
            key(),
            "webhook_secret",
            "old",
            "webhook_secret_2",
            "new");
    var settings =
        SettingsReader.read(Connections.of(Map.of("app_id", "7", "app_id_2", "Iv1.abc")), secrets);

    assertThat(settings.credentials().stream().map(Object::toString))
        .containsExactly("app 7", "app Iv1.abc");
    assertThat(settings.webhookSecrets()).containsExactly("old", "new");
  }

  @Test
  void everythingThatIsMissingIsNamedAtOnce() {
    assertRefused(
        Connections.of(Map.of("app_id", "7")),
        Map.of(),
        "secret 'private_key' is missing",
        "secret 'webhook_secret' is missing");
    assertRefused(Connections.of(Map.of()), Map.of(), "secret 'token'", "'webhook_secret'");
    assertRefused(
        Connections.of(Map.of("app_id_2", "8")),
        Map.of("private_key", key(), "webhook_secret", "s"),
        "option 'app_id' is missing",
        "secret 'private_key_2' is missing");
  }

  @Test
  void everythingThatIsUnknownOrWrongIsNamedAtOnce() {
    var options =
        Map.of(
            "apid", "7",
            "app_id_10", "7",
            "runner_level", "planet",
            "changes_per_minute", "181",
            "active_days", "0",
            "hook_id", "abc");
    var connection =
        Connections.of("http://github.com/acme", "ac me", List.of("globex/shop"), options);
    var secrets = Map.of("tokens", "x", "webhook_secret", " ", "private_key", "no key");

    assertRefused(
        connection,
        secrets,
        "option 'apid' is not known",
        "option 'app_id_10' is not known",
        "option 'runner_level'",
        "option 'changes_per_minute' is not a number from 1 to 180",
        "option 'active_days'",
        "option 'hook_id'",
        "url 'http://github.com/acme'",
        "owner 'ac me'",
        "repository 'globex/shop' is not one of 'ac me'",
        "secret 'tokens' is not known",
        "secret 'webhook_secret' is empty",
        "option 'app_id' is missing");
  }

  @Test
  void scaleSetsAreNamedOnceAndBringJobsOfAllRepositories() {
    assertRefused(
        Connections.of(
            "https://github.com",
            "acme",
            List.of("shop"),
            Map.of("scale_sets", "a, A,, b=x\"y, " + "c%d,".repeat(12).formatted(range(12)) + "d")),
        SECRETS,
        "'scale_sets' names 'A' twice",
        "'scale_sets' has '', which is not a name",
        "'scale_sets' has 'b=x\"y'",
        "'scale_sets' names more than 10",
        "'scale_sets' brings jobs of all repositories");
    assertRefused(
        Connections.of(Map.of("scale_sets", "a", "runner_level", "repository")),
        SECRETS,
        "'scale_sets' with runner_level 'repository' needs exactly one repository");
  }

  private static Object[] range(int end) {
    return IntStream.range(0, end).boxed().toArray();
  }

  @Test
  void aKeyThatCannotBeReadIsNotTold() {
    var secrets = Map.of("private_key", "-----BEGIN SECRET-----", "webhook_secret", "s");

    assertThatThrownBy(() -> SettingsReader.read(Connections.of(Map.of("app_id", "7")), secrets))
        .hasMessageContaining("secret 'private_key' cannot be read")
        .hasMessageNotContaining("BEGIN SECRET");
  }

  @Test
  void theWordOfASettingHoldsNoSecret() {
    var settings =
        SettingsReader.read(
            Connections.of(Map.of("app_id", "7")),
            Map.of("private_key", key(), "token", "ghp_1", "webhook_secret", "hidden"));

    assertThat(settings.toString() + settings.credentials())
        .doesNotContain("ghp_1", "hidden", "BEGIN");
  }

  @Test
  void repositoriesMayBeNamedWithoutTheirOwner() {
    var connection =
        Connections.of("https://github.com", "Acme", List.of("shop", "acme/site"), Map.of());
    var settings = SettingsReader.read(connection, SECRETS);

    assertThat(settings.covers(new Repository("acme/SHOP"))).isTrue();
    assertThat(settings.covers(new Repository("acme/site"))).isTrue();
    assertThat(settings.covers(new Repository("acme/other"))).isFalse();
    assertThat(settings.covers(new Repository("acmes/shop"))).isFalse();
    assertThat(settings.covers(new Repository("shop"))).isFalse();
  }

  @Test
  void credentialsTravelEncrypted() {
    for (var url : List.of("http://ghe.acme.example", "ftp://github.com", "github.com")) {
      assertRefused(Connections.of(url, "acme", List.of(), Map.of()), SECRETS, "https address");
    }
  }

  private static void assertRefused(
      Connection connection, Map<String, String> secrets, String... problems) {
    assertThatThrownBy(() -> SettingsReader.read(connection, secrets))
        .isInstanceOfSatisfying(
            NimbusException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.INVALID);
              assertThat(failure.getMessage()).contains(problems);
            });
  }

  private static String key() {
    try (var fake = FakeGitHub.start(InstantSource.system())) {
      return fake.secrets().getOrDefault("private_key", "");
    }
  }
}
