package dev.nimbus.adapters.forges.github.scaleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScaleSetTest {
  private static final Scope GITHUB = new Scope(URI.create("https://github.com/acme"), "", "");
  private static final Scope LOCAL = new Scope(URI.create("http://127.0.0.1:8/acme"), "", "");

  @Test
  void aSetIsWrittenAsItsNameOrWithItsLabels() {
    assertThat(ScaleSet.parse(" nimbus ")).isEqualTo(new ScaleSet("nimbus", List.of("nimbus")));
    assertThat(ScaleSet.parse("big = nimbus  cpus:16"))
        .isEqualTo(new ScaleSet("big", List.of("nimbus", "cpus:16")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "=", "a=", "=b", "a b", "-a", "a/b", "a=b=c", "a=\"b\""})
  void whatIsNoSetIsRefused(String text) {
    assertThatThrownBy(() -> ScaleSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aJobFitsThatAsksForNothingElse() {
    var set = ScaleSet.parse("big=nimbus Large");

    assertThat(set.fits(List.of("NIMBUS"))).isTrue();
    assertThat(set.fits(List.of("large", "nimbus"))).isTrue();
    assertThat(set.fits(List.of("nimbus", "gpu"))).isFalse();
    assertThat(set.fits(List.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "broker",
        "http://broker.example/rest",
        "https:///rest",
        "https://somebody@broker.example/",
        "https://broker.example/#x",
        "file:///etc/passwd",
        "https://broker.example/a b"
      })
  void aTokenTravelsSafelyOrNotAtAll(String address) {
    assertThatThrownBy(() -> Addresses.trusted(GITHUB, address))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("is not a safe address");
    assertThat(Addresses.trusted(GITHUB, "https://broker.example/rest")).hasHost("broker.example");
  }

  @Test
  void aGitHubOnThisMachineMayNameItself() {
    assertThat(Addresses.trusted(LOCAL, "http://127.0.0.1:9/x")).hasPort(9);
    assertThatThrownBy(() -> Addresses.trusted(LOCAL, "http://broker.example/x"))
        .isInstanceOf(NimbusException.class);
  }
}
