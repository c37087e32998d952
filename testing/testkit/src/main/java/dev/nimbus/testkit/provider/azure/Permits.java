package dev.nimbus.testkit.provider.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which actions calls need, as far as Azure documents it, and which of them are allowed. */
final class Permits {
  private static final Set<String> LINKED = Set.of("join/action", "assign/action");

  private final NavigableSet<String> used = new TreeSet<>();
  private final NavigableSet<String> denied = new TreeSet<>();

  void deny(String action) {
    denied.add(action);
  }

  NavigableSet<String> denied() {
    return new TreeSet<>(denied);
  }

  NavigableSet<String> used() {
    return new TreeSet<>(used);
  }

  /** Why a call may not be made. */
  Optional<Said> refusal(Call call, String route) {
    var needed = needed(call, route);
    used.addAll(needed);
    return needed.stream().filter(denied::contains).findFirst().map(one -> refused(call, one));
  }

  private static Said refused(Call call, String action) {
    var linked = LINKED.stream().anyMatch(action::endsWith);
    return linked
        ? Said.error(
            403,
            "LinkedAuthorizationFailed",
            "The client 'c' with object id 'o' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '%s'; however, it does not have permission to perform action(s) '%s' on the linked scope(s) 's' or the linked scope(s) are invalid."
                .formatted(call.path(), action))
        : Said.error(
            403,
            "AuthorizationFailed",
            "The client 'c' with object id 'o' does not have authorization to perform action '%s' over scope '%s' or the scope is invalid."
                .formatted(action, call.path()));
  }

  private static List<String> needed(Call call, String route) {
    return switch (route) {
      case "machine" ->
          switch (call.verb()) {
            case "PUT" -> ofMachine(call.body());
            case "DELETE" -> List.of("Microsoft.Compute/virtualMachines/delete");
            default -> List.of("Microsoft.Compute/virtualMachines/read");
          };
      case "machines", "states" -> List.of("Microsoft.Compute/virtualMachines/read");
      case "operation" -> List.of("Microsoft.Compute/locations/operations/read");
      case "parts" -> List.of("Microsoft.Resources/subscriptions/resourceGroups/resources/read");
      case "group" -> List.of("Microsoft.Resources/subscriptions/resourceGroups/read");
      case "permissions" -> List.of("Microsoft.Authorization/permissions/read");
      case "sizes" -> List.of("Microsoft.Compute/skus/read");
      case "usages" -> List.of("Microsoft.Compute/locations/usages/read");
      case "versions", "version" ->
          List.of("Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions/read");
      default ->
          List.of(typeOf(call.path()) + (call.verb().equals("DELETE") ? "/delete" : "/read"));
    };
  }

  private static List<String> ofMachine(JsonNode body) {
    var needed = new ArrayList<String>();
    needed.add("Microsoft.Compute/virtualMachines/write");
    needed.add("Microsoft.Compute/disks/write");
    for (var card : body.at("/properties/networkProfile/networkInterfaceConfigurations")) {
      needed.add("Microsoft.Network/networkInterfaces/write");
      needed.add("Microsoft.Network/networkInterfaces/join/action");
      needed.add("Microsoft.Network/virtualNetworks/subnets/join/action");
      if (card.path("properties").has("networkSecurityGroup")) {
        needed.add("Microsoft.Network/networkSecurityGroups/join/action");
      }
      if (!card.findValues("publicIPAddressConfiguration").isEmpty()) {
        needed.add("Microsoft.Network/publicIPAddresses/write");
        needed.add("Microsoft.Network/publicIPAddresses/join/action");
      }
    }
    var image = body.at("/properties/storageProfile/imageReference/id").asString("");
    if (image.contains("/galleries/")) {
      needed.add("Microsoft.Compute/galleries/images/versions/read");
    } else if (!image.isEmpty()) {
      needed.add("Microsoft.Compute/images/read");
    }
    if (!body.at("/identity/userAssignedIdentities").isEmpty()) {
      needed.add("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action");
    }
    return needed;
  }

  /** Of something by its id: every second word. */
  private static String typeOf(String path) {
    var words = path.replaceFirst(".*/providers/", "").split("/", -1);
    var type = new StringBuilder(words[0]);
    for (var i = 1; i < words.length; i += 2) {
      type.append('/').append(words[i]);
    }
    return type.toString();
  }
}
