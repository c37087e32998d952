package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.testkit.provider.hetzner.FakeHetzner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckTest {
  private static final Map<String, String> ALL =
      Map.of(
          "server_types", "cpx22, cax11",
          "images", "ubuntu-24.04",
          "ssh_keys", "operators, 77",
          "networks", "4711",
          "firewalls", "38");

  private final HetznerAccount account = new HetznerAccount();

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void whatIsAllThereIsFoundWell() {
    assertThat(check(ALL, FakeHetzner.TOKEN))
        .allMatch(Finding::fine)
        .extracting(Finding::what)
        .contains(
            "may make and end machines",
            "location nbg1 is there",
            "server type cax11 can be had in fsn1",
            "image ubuntu-24.04 is there for arm",
            "network 4711 is there",
            "firewall 38 is there",
            "SSH key '77' is there");
  }

  @ParameterizedTest
  @CsvSource({
    "locations, hel1, location hel1 is there, correct option locations",
    "server_types, cx99, server type cx99 can be had in fsn1, correct option server_types",
    "server_types, cpx62, server type cpx62 can be had in fsn1, sold out",
    "server_types, cpx62, server type cpx62 can be had in nbg1, not offered",
    "server_types, cx11, server type cx11 can be had in nbg1, withdrawn",
    "images, debian-12, image debian-12 is there for x86, withdrawn",
    "images, debian-12, image debian-12 is there for arm, correct option images",
    "images, 300000001, image 300000001 is there for arm, correct option images",
    "images, 5, image 5 is there for x86, correct option images",
    "ssh_keys, nobody, SSH key \"nobody\" is there, correct option ssh_keys",
    "networks, 1, network 1 is there, not_found",
    "firewalls, 1, firewall 1 is there, not_found",
  })
  void whatIsMissingIsNamed(String option, String value, String what, String advice) {
    var options = new TreeMap<>(ALL);
    options.put(option, value);

    assertThat(check(options, FakeHetzner.TOKEN))
        .anySatisfy(
            finding -> {
              assertThat(finding.what()).isEqualTo(what.replace("\"", "'"));
              assertThat(finding.fine()).isFalse();
              assertThat(finding.advice()).contains(advice);
            });
  }

  @Test
  void aTokenThatMayOnlyLookIsToldApart() {
    assertThat(check(Map.of(), FakeHetzner.READING_TOKEN))
        .filteredOn(finding -> !finding.fine())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.what()).isEqualTo("may make and end machines");
              assertThat(finding.advice()).contains("token_readonly");
            });
  }

  @Test
  void aTokenThatIsNotBelievedIsSaidAndNotShown() {
    var token = "wrong".repeat(12);

    assertThat(check(ALL, token))
        .noneMatch(Finding::fine)
        .allSatisfy(
            finding -> {
              assertThat(finding.advice()).contains("does not believe the token");
              assertThat(finding.toString()).doesNotContain(token);
            });
  }

  @Test
  void nothingIsMadeOrChanged() {
    check(ALL, FakeHetzner.TOKEN);

    assertThat(account.fake().asked())
        .filteredOn(call -> !call.method().equals("GET"))
        .singleElement()
        .satisfies(call -> assertThat(call.status()).isEqualTo(404));
  }

  private List<Finding> check(Map<String, String> options, String token) {
    try (var provider = account.open(OURS, options, Map.of("token", token))) {
      return provider.check();
    }
  }
}
