package dev.nimbus.adapters.forges.kin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.forges.kin.Settings.Level;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.secret.Sealed;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
  private static final Map<String, String> SECRETS = Map.of("token", "t", "webhook_secret", "s");
  private static final Connection USUAL =
      new Connection(
          OrgId.DEFAULT,
          new ConnectionId("c-1"),
          new ConnectionName("forge"),
          ForgeKind.FORGEJO,
          URI.create("https://forge.example/git/"),
          "acme",
          List.of(),
          Connection.options(Map.of()),
          new Sealed("none", ""),
          Instant.EPOCH,
          1);

  @Test
  void anOwnerIsAnOrganizationUnlessSaidOtherwise() {
    assertThat(read(USUAL).level()).isEqualTo(Level.ORGANIZATION);
    assertThat(read(Connections.ofInstance(USUAL)).level()).isEqualTo(Level.INSTANCE);
    assertThat(read(options("user")).level()).isEqualTo(Level.USER);
  }

  @Test
  void aForgeMayLiveBelowAPath() {
    assertThat(read(USUAL).base()).isEqualTo(URI.create("https://forge.example/git/api"));
  }

  @Test
  void repositoriesMayBeNamedWithoutTheirOwner() {
    var settings = read(Connections.with(USUAL, Map.of(), List.of("shop", "acme/site")));

    assertThat(settings.repositories())
        .containsExactly(new Repository("acme/shop"), new Repository("acme/site"));
    assertThat(settings.covers(new Repository("ACME/Shop"))).isTrue();
    assertThat(settings.covers(new Repository("acme/other"))).isFalse();
  }

  @Test
  void anInstanceCoversEverybody() {
    assertThat(read(Connections.ofInstance(USUAL)).covers(new Repository("globex/x"))).isTrue();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var wrong =
        Connections.of(
            USUAL,
            URI.create("http://forge.example"),
            "a b",
            List.of("globex/shop"),
            Map.of("runner_level", "galaxy", "color", "blue"));

    assertThatThrownBy(() -> SettingsReader.read(wrong, Map.of("key", "k"), Set.of()))
        .hasMessageContainingAll(
            "url 'http://forge.example'",
            "owner 'a b'",
            "repository 'globex/shop'",
            "'galaxy'",
            "option 'color'",
            "secret 'key'",
            "secret 'token' is missing",
            "secret 'webhook_secret' is missing");
  }

  @Test
  void aLevelNeedsWhatItIsOf() {
    assertThatThrownBy(() -> read(options("repository"))).hasMessageContaining("repositories are");
    var instance = Connections.ofInstance(USUAL);
    var organization =
        Connections.with(instance, Map.of("runner_level", "organization"), List.of());
    assertThatThrownBy(() -> read(organization)).hasMessageContaining("owner is missing");
  }

  @Test
  void settingsDoNotTellTheirSecrets() {
    var settings =
        SettingsReader.read(USUAL, Map.of("token", "tok", "webhook_secret", "hook"), Set.of());

    assertThat(settings.toString()).doesNotContain("tok", "hook");
  }

  private static Connection options(String level) {
    return Connections.with(USUAL, Map.of("runner_level", level), List.of());
  }

  private static Settings read(Connection connection) {
    return SettingsReader.read(connection, SECRETS, Set.of());
  }
}
