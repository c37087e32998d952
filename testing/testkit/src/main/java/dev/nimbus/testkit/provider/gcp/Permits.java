package dev.nimbus.testkit.provider.gcp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which permissions calls need, as far as Google documents it, and which of them are given. */
final class Permits {
  private final SortedSet<String> used = new TreeSet<>();
  private final Set<String> denied = new HashSet<>();

  void deny(String permission) {
    denied.add(permission);
  }

  boolean given(String permission) {
    return !denied.contains(permission);
  }

  SortedSet<String> used() {
    return new TreeSet<>(used);
  }

  /** Why a call may not be made. */
  Optional<Said> refusal(Asked asked) {
    var needed = needed(asked);
    used.addAll(needed);
    return needed.stream()
        .filter(denied::contains)
        .findFirst()
        .map(
            permission ->
                Said.error(
                    403,
                    "forbidden",
                    "Required '%s' permission for 'projects/%s'"
                        .formatted(permission, Project.NAME)));
  }

  private static List<String> needed(Asked asked) {
    return switch (asked.method()) {
      case "compute.instances.insert" -> ofInsert(asked);
      case "compute.instances.aggregatedList" -> List.of("compute.instances.list");
      case "compute.zoneOperations.wait", "compute.zoneOperations.get" ->
          List.of("compute.zoneOperations.get");
      case "compute.images.get", "compute.images.getFromFamily" ->
          asked.word("project").equals(Project.NAME) ? List.of(asked.method()) : List.of();
      case "cloudresourcemanager.projects.testIamPermissions" -> List.of();
      default -> List.of(asked.method());
    };
  }

  private static List<String> ofInsert(Asked asked) {
    var needed = new ArrayList<String>();
    needed.add("compute.instances.create");
    needed.add("compute.disks.create");
    needed.add("compute.subnetworks.use");
    add(needed, asked, "/labels", "compute.instances.setLabels");
    add(needed, asked, "/metadata", "compute.instances.setMetadata");
    add(needed, asked, "/tags", "compute.instances.setTags");
    add(needed, asked, "/serviceAccounts", "compute.instances.setServiceAccount");
    add(needed, asked, "/serviceAccounts", "iam.serviceAccounts.actAs");
    add(needed, asked, "/disks/0/initializeParams/labels", "compute.disks.setLabels");
    add(needed, asked, "/networkInterfaces/0/accessConfigs", "compute.subnetworks.useExternalIp");
    if (asked
        .at("/disks/0/initializeParams/sourceImage")
        .asString("")
        .startsWith("projects/" + Project.NAME + "/")) {
      needed.add("compute.images.useReadOnly");
    }
    return needed;
  }

  private static void add(List<String> needed, Asked asked, String pointer, String permission) {
    if (!asked.at(pointer).isMissingNode()) {
      needed.add(permission);
    }
  }
}
