package dev.nimbus.testkit.provider.azure;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Azure wants of a machine beyond what its description says. */
final class MachineRules {
  static final Map<String, String> SIZES =
      Map.of("Standard_D4s_v5", "x64", "Standard_D2s_v5", "x64", "Standard_D4ps_v6", "Arm64");
  static final Set<String> LOCATIONS = Set.of("westeurope", "northeurope");
  static final String MARKET = "Canonical:ubuntu-24_04-lts:server:latest";
  static final String OLD = "Canonical:ubuntu-24_04-lts:server-gen1:latest";
  static final String GALLERY =
      Group.PATH + "/providers/Microsoft.Compute/galleries/runners/images/noble";
  private static final int LONGEST_DATA = 64 * 1024;
  private static final Set<String> RESERVED = Set.of("root", "admin");

  private MachineRules() {}

  /** Why there can be no such machine. */
  static Optional<Said> refusal(JsonNode body) {
    return place(body)
        .or(() -> size(body))
        .or(() -> image(body))
        .or(() -> system(body))
        .or(() -> network(body))
        .or(() -> market(body));
  }

  private static Optional<Said> place(JsonNode body) {
    var location = body.path("location").asString("");
    if (!LOCATIONS.contains(location)) {
      return bad(
          "LocationNotAvailableForResourceType",
          "The provided location '%s' is not available for resource type".formatted(location));
    }
    for (var zone : body.path("zones")) {
      if (!Set.of("1", "2", "3").contains(zone.asString())) {
        return bad("InvalidAvailabilityZone", "The zone(s) '%s' are not available".formatted(zone));
      }
    }
    return Optional.empty();
  }

  private static Optional<Said> size(JsonNode body) {
    var size = body.at("/properties/hardwareProfile/vmSize").asString("");
    return SIZES.containsKey(size)
        ? Optional.empty()
        : bad(
            "InvalidParameter",
            "The value provided for the VM size is not valid. The valid sizes are: %s"
                .formatted(String.join(",", SIZES.keySet())));
  }

  private static Optional<Said> image(JsonNode body) {
    var image = body.at("/properties/storageProfile/imageReference");
    var name =
        image.has("id")
            ? image.path("id").asString().replaceFirst("/versions/.*", "")
            : String.join(
                ":",
                image.path("publisher").asString(),
                image.path("offer").asString(),
                image.path("sku").asString(),
                image.path("version").asString());
    if (!Set.of(MARKET, OLD, GALLERY).contains(name)) {
      return Optional.of(
          Said.error(
              404,
              "PlatformImageNotFound",
              "The platform image '%s' is not available".formatted(name)));
    }
    var trusted =
        body.at("/properties/securityProfile/securityType").asString("").equals("TrustedLaunch");
    return trusted && name.equals(OLD)
        ? bad("BadRequest", "The selected image is not supported for Trusted Launch.")
        : Optional.empty();
  }

  private static Optional<Said> system(JsonNode body) {
    var system = body.at("/properties/osProfile");
    var keys = system.at("/linuxConfiguration/ssh/publicKeys");
    if (keys.isEmpty() && system.path("adminPassword").isMissingNode()) {
      return bad(
          "InvalidParameter", "Authentication using either SSH or password must be enabled.");
    }
    if (RESERVED.contains(system.path("adminUsername").asString(""))) {
      return bad("InvalidParameter", "The Username specified is not allowed for this account.");
    }
    var key = keys.path(0).path("keyData").asString("ssh-rsa AAAA");
    try {
      Base64.getDecoder().decode(key.split(" ", -1)[1]);
      var data = Base64.getDecoder().decode(system.path("customData").asString(""));
      return data.length > LONGEST_DATA
          ? bad("InvalidParameter", "Custom data in OSProfile must be no longer than 65535 bytes.")
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return bad("InvalidParameter", "Not in Base64: " + e.getMessage());
    }
  }

  private static Optional<Said> network(JsonNode body) {
    var network = body.at("/properties/networkProfile");
    var cards = network.path("networkInterfaceConfigurations");
    if (cards.isEmpty() || !network.has("networkApiVersion")) {
      return bad("InvalidParameter", "networkProfile needs interfaces and networkApiVersion.");
    }
    for (var card : cards) {
      var subnet = card.at("/properties/ipConfigurations/0/properties/subnet/id").asString("");
      if (!subnet.startsWith(LookCalls.NETWORK + "/subnets/")) {
        return bad("InvalidResourceReference", "Resource %s was not found.".formatted(subnet));
      }
    }
    return Optional.empty();
  }

  private static Optional<Said> market(JsonNode body) {
    var properties = body.path("properties");
    var spot = properties.path("priority").asString("").equals("Spot");
    return !spot && (properties.has("evictionPolicy") || properties.has("billingProfile"))
        ? bad("BadRequest", "Eviction policy can be set only on Azure Spot Virtual Machines.")
        : Optional.empty();
  }

  private static Optional<Said> bad(String code, String message) {
    return Optional.of(Said.error(400, code, message));
  }
}
