package dev.nimbus.adapters.forges.gitlab;

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
    var connection = Connections.of("https://gitlab.example", owner, List.of(repository), options);
    try {
      var settings = SettingsReader.read(connection, secrets);

      assertThat(settings.token()).isNotEmpty();
      assertThat(settings.hooks().signing().size() + settings.hooks().tokens().size()).isPositive();
      assertThat(settings.hooks().tolerance()).isPositive();
      assertThat(settings.repositories()).allMatch(settings::covers);
    } catch (NimbusException e) {
      assertThat(e.kind()).isEqualTo(Kind.INVALID);
      assertThat(e.getMessage()).doesNotContain("hush");
    }
  }

  @Provide
  Arbitrary<Map<String, String>> options() {
    var names =
        Arbitraries.of(
            "labels", "active_days", "maximum_timeout", "webhook-timestamp-tolerance", "unknown");
    return Arbitraries.maps(names, texts()).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Map<String, String>> secrets() {
    var names =
        Arbitraries.of(
            "token", "token_2", "webhook_secret", "webhook_secret_9", "webhook_token", "unknown");
    var values =
        Arbitraries.oneOf(
            texts().map(text -> text.isEmpty() ? "" : "hush" + text),
            Arbitraries.of("whsec_aHVzaGh1c2hodXNoaHVzaGh1c2hodXNo", "whsec_hush"));
    return Arbitraries.maps(names, values).ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.of("acme", "acme/shop", "acme/a/b", "7", "300", "86401", "/", " ", ".."));
  }
}
