package dev.nimbus.adapters.forges.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
  private static final String KEY = "whsec_VGhlIGZha2UgR2l0TGFiIHNpZ25zIHdpdGggdGhpcy4=";
  private static final Map<String, String> SECRETS = Map.of("token", "t", "webhook_secret", KEY);

  @Test
  void whatIsNotSaidIsUsual() {
    var settings = read(Connections.of(Map.of()));

    assertThat(settings.base()).isEqualTo(URI.create("https://gitlab.example/api"));
    assertThat(settings.activeWithin()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.longestJob()).isZero();
    assertThat(settings.hooks().tolerance()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.hooks().signing()).hasSize(1);
    assertThat(settings.hooks().tokens()).isEmpty();
  }

  @Test
  void optionsAreReadAndLabelsAreLeftToOthers() {
    var options =
        Map.of(
            "active_days", "30",
            "maximum_timeout", "7200",
            "webhook-timestamp-tolerance", "60",
            "labels", "linux,arm");
    var settings = read(Connections.of(options));

    assertThat(settings.activeWithin()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.longestJob()).isEqualTo(Duration.ofHours(2));
    assertThat(settings.hooks().tolerance()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void anOwnerMayBeAGroupWithinAnother() {
    var settings = read(at("acme/tools", List.of("ci", "acme/tools/deep/site")));

    assertThat(settings.repositories())
        .containsExactly(new Repository("acme/tools/ci"), new Repository("acme/tools/deep/site"));
    assertThat(settings.covers(new Repository("ACME/Tools/CI"))).isTrue();
    assertThat(settings.covers(new Repository("acme/tools/other"))).isFalse();
    assertThat(read(at("acme", List.of())).covers(new Repository("acme/a/b/c"))).isTrue();
    assertThat(read(at("acme", List.of())).covers(new Repository("acmeist/a"))).isFalse();
  }

  @Test
  void anInstanceCoversEverybody() {
    assertThat(read(at("", List.of())).covers(new Repository("globex/x"))).isTrue();
  }

  @Test
  void webhooksNeedASigningTokenOrAToken() {
    var byToken = Map.of("token", "t", "webhook_token", "one", "webhook_token_2", "two");
    assertThat(read(byToken).hooks().tokens()).containsExactly("one", "two");

    assertThatThrownBy(() -> read(Map.of("token", "t")))
        .hasMessageContaining("secret 'webhook_secret' (or 'webhook_token') is missing");
    for (var wrong : List.of("plain text", "whsec_", "whsec_dG9vIHNob3J0", "whsec_%%%")) {
      assertThatThrownBy(() -> read(Map.of("token", "t", "webhook_secret_2", wrong)))
          .hasMessageContaining("secret 'webhook_secret_2' is not a signing token")
          .hasMessageContaining("goes into 'webhook_token'");
    }
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var options =
        Map.of(
            "color", "blue",
            "active_days", "0",
            "maximum_timeout", "599",
            "webhook-timestamp-tolerance", "soon");
    var wrong = Connections.of("http://forge.example", "a b", List.of("globex/shop"), options);

    assertThatThrownBy(() -> SettingsReader.read(wrong, Map.of("key", "k", "token_2", "t")))
        .hasMessageContainingAll(
            "url 'http://forge.example'",
            "owner 'a b'",
            "repository 'globex/shop'",
            "option 'color' is not known",
            "option 'active_days' is not a number from 1 to 365",
            "option 'maximum_timeout' is not a number from 600 to 2592000",
            "option 'webhook-timestamp-tolerance' is not a number from 1 to 86400",
            "secret 'key' is not known",
            "secret 'token_2' is not known",
            "secret 'token' is missing",
            "secret 'webhook_secret'");
  }

  @Test
  void anEmptySecretIsSaid() {
    assertThatThrownBy(() -> read(Map.of("token", " ", "webhook_token", "")))
        .hasMessageContainingAll("secret 'token' is empty", "secret 'webhook_token' is empty");
  }

  @Test
  void settingsDoNotTellTheirSecrets() {
    var settings =
        read(Map.of("token", "glpat-tok", "webhook_token", "hook", "webhook_secret", KEY));

    assertThat(settings.toString() + settings.hooks() + settings.hooks().signing())
        .doesNotContain("tok-", "glpat", "hook_", KEY.substring(6));
  }

  private static Connection at(String owner, List<String> repositories) {
    return Connections.of("https://gitlab.example/", owner, repositories, Map.of());
  }

  private static Settings read(Connection connection) {
    return SettingsReader.read(connection, SECRETS);
  }

  private static Settings read(Map<String, String> secrets) {
    return SettingsReader.read(Connections.of(Map.of()), secrets);
  }
}
