package dev.nimbus.adapters.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.testkit.provider.azure.FakeArm;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  private static final Map<String, String> SECRETS = Map.of("client_secret", FakeArm.SECRET);

  @Test
  void anAccountIsUsedAtMicrosoftsPublicCloudUnlessThatIsSaidOtherwise() {
    var settings = read(Map.of(), SECRETS);

    assertThat(settings.endpoint().manager()).isEqualTo("https://management.azure.com");
    assertThat(settings.endpoint().authority()).isEqualTo("https://login.microsoftonline.com");
    assertThat(settings.endpoint().played()).isFalse();
    assertThat(settings.shape().trustedLaunch()).isTrue();
    assertThat(settings.network().publicIp()).isFalse();
  }

  @Test
  void credentialsOfAnotherCloudGoThere() {
    var settings = read(Map.of("cloud", "usgov"), SECRETS);

    assertThat(settings.endpoint().authority()).isEqualTo("https://login.microsoftonline.us");
    assertThat(settings.cloud().scope()).isEqualTo("https://management.usgovcloudapi.net/.default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "http://127.0.0.1:8080",
        "https://127.0.0.1.example.org",
        "https://user@127.0.0.1",
        "https://127.0.0.1/path",
        "https://[::1"
      })
  void onlyWhatIsOnThisMachineMayPlayAzure(String address) {
    assertThatThrownBy(() -> read(Map.of("endpoint", address), SECRETS))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("'endpoint'");
  }

  @Test
  void allMistakesAreSaidAtOnce() {
    var wrong =
        Map.of(
            "subscription_id", "",
            "subnets", "westeurope=/subnets/runners",
            "zone", "1",
            "cloud", "germany",
            "public_ip", "yes",
            "admin_user", "root",
            "check_images", "ubuntu");

    assertThatThrownBy(() -> read(wrong, Map.of("password", "x")))
        .hasMessageContaining("'subscription_id' is missing")
        .hasMessageContaining("'subnets' has")
        .hasMessageContaining("'zone' is not known")
        .hasMessageContaining("'cloud' is 'germany'")
        .hasMessageContaining("'public_ip'")
        .hasMessageContaining("'admin_user' is 'root'")
        .hasMessageContaining("'check_images'")
        .hasMessageContaining("secret 'password' is not known")
        .hasMessageContaining("'client_secret' is missing");
  }

  @Test
  void theIdentityOfThisMachineIsUsedOnlyWhereThatIsSaid() {
    var said = Map.of("credentials", "default", "tenant_id", "");

    assertThat(read(said, Map.of()).access()).isInstanceOf(Access.OfThisMachine.class);
    assertThatThrownBy(() -> read(Map.of(), Map.of())).hasMessageContaining("client_secret");
    assertThatThrownBy(() -> read(said, SECRETS)).hasMessageContaining("does not go with");
  }

  @Test
  void noSecretIsSaid() {
    assertThat(read(Map.of(), SECRETS).toString()).doesNotContain(FakeArm.SECRET);
  }

  @ParameterizedTest
  @CsvSource({"westeurope, westeurope, ''", "westeurope-1, westeurope, 1", "eastus2-3, eastus2, 3"})
  void aPlaceIsALocationOrAZoneOfIt(String text, String location, String zone) {
    assertThat(Place.parse(text)).contains(new Place(location, zone));
    assertThat(new Place(location, zone)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "West Europe", "westeurope-", "westeurope-0", "westeurope-10", "1"})
  void whatIsNoPlaceIsNotTakenForOne(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }

  private static Settings read(Map<String, String> further, Map<String, String> secrets) {
    var options =
        new TreeMap<>(
            Map.of(
                "tenant_id",
                FakeArm.TENANT,
                "client_id",
                FakeArm.CLIENT,
                "subscription_id",
                FakeArm.subscription(),
                "resource_group",
                "ci-runners",
                "subnets",
                "westeurope=" + FakeArm.subnet()));
    options.putAll(further);
    options.values().removeIf(String::isEmpty);
    return SettingsReader.read(AzureAccount.account(options), secrets);
  }
}
