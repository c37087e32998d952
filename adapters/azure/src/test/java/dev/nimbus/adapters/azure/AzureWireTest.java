package dev.nimbus.adapters.azure;

import static dev.nimbus.adapters.azure.AzureAccount.OURS;
import static dev.nimbus.adapters.azure.AzureAccount.cell;
import static dev.nimbus.adapters.azure.AzureAccount.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.provider.azure.FakeArm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent to Azure for a machine. */
final class AzureWireTest {
  private final AzureAccount account = new AzureAccount();

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void aMachineIsAskedForOnlyWhereThereIsNoneOfItsName() {
    launch(spec("wire0001"), Map.of());

    var put = put();
    assertThat(put.sent()).containsEntry("if-none-match", "*").doesNotContainKey("if-match");
    assertThat(put.path())
        .endsWith(
            "/resourceGroups/ci-runners/providers/Microsoft.Compute/virtualMachines/nb-ours0001-wire0001");
  }

  @Test
  void itsUserDataArrivesAsItIsWritten() {
    launch(spec("wire0002"), Map.of());

    var sent = body().at("/properties/osProfile/customData").asString();
    assertThat(new String(Base64.getDecoder().decode(sent), StandardCharsets.UTF_8))
        .isEqualTo(AzureAccount.USER_DATA);
  }

  @Test
  void allThatIsMadeForAMachineGoesWithItAndSaysWhoseItIs() {
    launch(spec("wire0003"), Map.of("public_ip", "true"));

    var properties = body().path("properties");
    var disk = properties.at("/storageProfile/osDisk");
    var card = properties.at("/networkProfile/networkInterfaceConfigurations/0");
    var address = card.at("/properties/ipConfigurations/0/properties/publicIPAddressConfiguration");
    assertThat(disk.path("deleteOption").asString()).isEqualTo("Delete");
    assertThat(disk.path("name").asString()).isEqualTo("nb-ours0001-wire0003-os");
    assertThat(card.at("/properties/deleteOption").asString()).isEqualTo("Delete");
    assertThat(address.at("/properties/deleteOption").asString()).isEqualTo("Delete");
    for (var tagged : new JsonNode[] {body(), card, address}) {
      assertThat(tagged.at("/tags/nimbus-controller").asString()).isEqualTo("ours0001");
      assertThat(tagged.at("/tags/nimbus-machine").asString()).isEqualTo("nb-ours0001-wire0003");
      assertThat(tagged.at("/tags/nimbus-org").asString()).isEqualTo("acme");
      assertThat(tagged.at("/tags/nimbus-pool").asString()).isEqualTo("linux");
    }
  }

  @Test
  void nobodyHasAPasswordOrAKeyOrTheAgentUnlessThatIsSaid() {
    launch(spec("wire0004"), Map.of());
    launch(spec("wire0005"), Map.of());

    var system = body().at("/properties/osProfile");
    assertThat(system.path("adminPassword").isMissingNode()).isTrue();
    assertThat(system.path("allowExtensionOperations").asBoolean(true)).isFalse();
    assertThat(system.at("/linuxConfiguration/disablePasswordAuthentication").asBoolean(false))
        .isTrue();
    var keys =
        account.arm().asked("PUT", "/virtualMachines/").stream()
            .map(AzureWireTest::json)
            .map(one -> one.at("/properties/osProfile/linuxConfiguration/ssh/publicKeys/0/keyData"))
            .map(JsonNode::asString)
            .toList();
    assertThat(keys).hasSize(2).doesNotHaveDuplicates().allMatch(key -> key.startsWith("ssh-rsa "));
    assertThat(body().has("identity")).isFalse();
    assertThat(body().at("/properties").has("diagnosticsProfile")).isFalse();
  }

  @Test
  void onlySignedCodeBootsUnlessThatIsSaidOtherwise() {
    launch(spec("wire0006"), Map.of());
    var trusted = body().at("/properties/securityProfile");
    launch(
        spec(
            "wire0007",
            cell("westeurope-1", "Standard_D4s_v5", FakeArm.oldImage(), Market.ON_DEMAND)),
        Map.of("trusted_launch", "false", "encryption_at_host", "true"));
    var plain = body().at("/properties/securityProfile");

    assertThat(trusted.path("securityType").asString()).isEqualTo("TrustedLaunch");
    assertThat(trusted.at("/uefiSettings/secureBootEnabled").asBoolean(false)).isTrue();
    assertThat(trusted.at("/uefiSettings/vTpmEnabled").asBoolean(false)).isTrue();
    assertThat(plain.has("securityType")).isFalse();
    assertThat(plain.path("encryptionAtHost").asBoolean(false)).isTrue();
  }

  @Test
  void aSpotMachineIsDeletedWhenItIsTakenBackAndCostsTheListPriceAtMost() {
    launch(spec("wire0008", cell(Market.SPOT)), Map.of());
    var spot = body().path("properties");
    launch(spec("wire0009"), Map.of());
    var onDemand = body().path("properties");

    assertThat(spot.path("priority").asString()).isEqualTo("Spot");
    assertThat(spot.path("evictionPolicy").asString()).isEqualTo("Delete");
    assertThat(spot.at("/billingProfile/maxPrice").asDouble()).isEqualTo(-1);
    assertThat(onDemand.has("priority")).isFalse();
  }

  @Test
  void aZoneIsAskedForOnlyWhereThePlaceHasOne() {
    launch(spec("wire0010"), Map.of());
    var zonal = body();
    launch(
        spec("wire0011", cell("westeurope", "Standard_D4s_v5", FakeArm.image(), Market.ON_DEMAND)),
        Map.of());
    var regional = body();

    assertThat(zonal.path("location").asString()).isEqualTo("westeurope");
    assertThat(zonal.at("/zones/0").asString()).isEqualTo("1");
    assertThat(regional.has("zones")).isFalse();
  }

  @Test
  void imagesAreNamedByWhoOffersThemOrById() {
    launch(spec("wire0012"), Map.of());
    var offered = body().at("/properties/storageProfile/imageReference");
    var id = FakeArm.galleryImage() + "/versions/1.0.0";
    launch(
        spec("wire0013", cell("westeurope-2", "Standard_D4s_v5", id, Market.ON_DEMAND)), Map.of());
    var own = body().at("/properties/storageProfile/imageReference");

    assertThat(offered.path("publisher").asString()).isEqualTo("Canonical");
    assertThat(offered.path("version").asString()).isEqualTo("latest");
    assertThat(own.path("id").asString()).isEqualTo(id);
  }

  @Test
  void whatIsTooMuchOrUnknownIsRefusedBeforeAnybodyIsAsked() {
    var long64 = "#cloud-config\n" + "x".repeat(64 * 1024);
    try (var provider = account.open(OURS)) {
      assertThat(why(provider.launch(spec("wire0014", cell(Market.ON_DEMAND), long64))))
          .contains("65550 bytes");
      assertThat(
              why(
                  provider.launch(
                      spec(
                          "wire0015",
                          cell("eastus2-1", "Standard_D4s_v5", FakeArm.image(), Market.SPOT)))))
          .contains("'eastus2-1'");
      assertThat(
              why(
                  provider.launch(
                      spec(
                          "wire0016",
                          cell("westeurope-1", "Standard_D4s_v5", "ubuntu", Market.SPOT)))))
          .contains("'ubuntu'");
    }
    assertThat(account.arm().asked()).isEmpty();
  }

  @Test
  void aMachineIsEndedWithoutWaitingForItsSystem() {
    try (var provider = account.open(OURS)) {
      var launched = (Launch.Launched) provider.launch(spec("wire0017"));
      provider.terminate(launched.instance().ref());
    }

    assertThat(account.arm().asked("DELETE", "/virtualMachines/"))
        .extracting(Observed::query)
        .allMatch(query -> query.contains("forceDeletion=true"))
        .hasSize(1);
  }

  @Test
  void neitherUserDataNorSecretsAreReadBackOrSaid() {
    var settings = SettingsReader.read(AzureAccount.account(account.options()), account.secrets());
    launch(spec("wire0018"), Map.of());

    assertThat(settings.toString()).doesNotContain(FakeArm.SECRET);
    assertThat(account.arm().asked())
        .noneMatch(one -> one.query().contains("userData"))
        .noneMatch(one -> one.answer().contains("customData"));
  }

  private void launch(MachineSpec spec, Map<String, String> options) {
    try (var provider = account.open(OURS, options)) {
      assertThat(provider.launch(spec)).isInstanceOf(Launch.Launched.class);
    }
  }

  private Observed put() {
    return account.arm().asked("PUT", "/virtualMachines/").getLast();
  }

  private JsonNode body() {
    return json(put());
  }

  private static JsonNode json(Observed call) {
    return JsonMapper.shared().readTree(call.body());
  }

  private static String why(Launch launch) {
    return ((Launch.Refused) launch).why();
  }
}
