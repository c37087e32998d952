package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class SettingsReaderPropertyTest {
  @Property(edgeCases = EdgeCasesMode.NONE) // There are too many to try.
  void aConnectionIsCompleteOrItsMistakesAreNamedWithoutItsSecrets(
      @ForAll("options") Map<String, String> options,
      @ForAll("secrets") Map<String, String> secrets,
      @ForAll("texts") String owner,
      @ForAll("texts") String repository) {
    var connection = Connections.of("https://github.com", owner, List.of(repository), options);
    try {
      var settings = SettingsReader.read(connection, secrets);

      assertThat(settings.credentials()).isNotEmpty();
      assertThat(settings.webhookSecrets()).isNotEmpty();
      assertThat(settings.betweenChanges()).isPositive();
    } catch (NimbusException e) {
      assertThat(e.kind()).isEqualTo(Kind.INVALID);
      assertThat(e.getMessage()).doesNotContain("hush");
    }
  }

  @Provide
  Arbitrary<Map<String, String>> options() {
    var names =
        Arbitraries.of(
            "app_id",
            "app_id_2",
            "installation_id",
            "runner_group",
            "runner_level",
            "hook_id",
            "changes_per_minute",
            "active_days",
            "labels",
            "unknown");
    return Arbitraries.maps(names, texts()).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Map<String, String>> secrets() {
    var names =
        Arbitraries.of(
            "token",
            "token_2",
            "private_key",
            "private_key_2",
            "webhook_secret",
            "webhook_secret_9",
            "unknown");
    return Arbitraries.maps(names, texts().map(text -> text.isEmpty() ? "" : "hush" + text))
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.of("acme", "acme/shop", "7", "180", "repository", "organization", " ", ".."));
  }
}
