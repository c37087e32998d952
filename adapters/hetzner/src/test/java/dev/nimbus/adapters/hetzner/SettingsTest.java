package dev.nimbus.adapters.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "locations", "fsn1, nbg1",
          "server_types", "cpx22",
          "images", "ubuntu-24.04, 300000001",
          "ssh_keys", "the operators' key, 77",
          "networks", "4711",
          "firewalls", "38",
          "public_ipv4", "false");

  @Test
  void anAccountIsRead() {
    var settings = read(OPTIONS, HetznerAccount.SECRETS);

    assertThat(settings.locations()).containsExactly("fsn1", "nbg1");
    assertThat(settings.images()).containsExactly("ubuntu-24.04", "300000001");
    assertThat(settings.sshKeys()).containsExactly("the operators' key", "77");
    assertThat(settings.network().ipv4()).isFalse();
    assertThat(settings.network().ipv6()).isTrue();
    assertThat(settings.network().networks()).containsExactly(4711L);
    assertThat(settings.endpoint()).hasToString("https://api.hetzner.cloud/v1");
    assertThat(settings.toString()).doesNotContain("LRK9DAWQ1ZAEF");
  }

  @Test
  void everythingThatIsMissingOrUnknownIsNamedAtOnce() {
    assertThatThrownBy(() -> read(Map.of("datacenter", "fsn1-dc14"), Map.of("key", "x")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("provider 'hetzner'")
        .hasMessageContaining("option 'datacenter' is not known")
        .hasMessageContaining("secret 'key' is not known")
        .hasMessageContaining("option 'locations' is missing")
        .hasMessageContaining("secret 'token' is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "locations, Falkenstein 1",
    "locations, fsn1-dc14",
    "server_types, CPX 22",
    "images, ../pricing",
    "networks, runners",
    "networks, 0",
    "firewalls, -1",
    "public_ipv4, yes",
    "endpoint, http://api.example.org/v1",
    "endpoint, ftp://127.0.0.1",
    "endpoint, https://user@api.example.org",
    "endpoint, https://api.example.org/v1?x=y",
    "endpoint, https://api.example.org/ v1",
  })
  void whatIsMalformedIsNamed(String option, String value) {
    var options = new TreeMap<>(OPTIONS);
    options.put(option, value);

    assertThatThrownBy(() -> read(options, HetznerAccount.SECRETS))
        .hasMessageContaining("option '" + option + "'");
  }

  @Test
  void aMachineNeedsAnAddress() {
    var options = new TreeMap<>(Map.of("locations", "fsn1", "public_ipv4", "false"));
    options.put("public_ipv6", "false");

    assertThatThrownBy(() -> read(options, HetznerAccount.SECRETS))
        .hasMessageContaining("option 'networks' is missing");
    options.put("networks", "4711");
    read(options, HetznerAccount.SECRETS);
    options.put("firewalls", "38");
    assertThatThrownBy(() -> read(options, HetznerAccount.SECRETS))
        .hasMessageContaining("option 'firewalls'");
  }

  @Test
  void aMistakenSecretIsNotRepeated() {
    assertThatThrownBy(() -> read(OPTIONS, Map.of("token", "very secret")))
        .hasMessageContaining("secret 'token' is not")
        .hasMessageNotContaining("very secret");
  }

  private static Settings read(Map<String, String> options, Map<String, String> secrets) {
    return SettingsReader.read(HetznerAccount.account(options), secrets);
  }
}
