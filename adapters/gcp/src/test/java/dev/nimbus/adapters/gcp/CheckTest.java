package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.testkit.provider.gcp.Google;
import dev.nimbus.testkit.provider.gcp.WithGoogle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithGoogle.class)
final class CheckTest {
  private final GceAccount account;

  CheckTest(Google google) {
    account = new GceAccount(google);
  }

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void aCheckFindsAllWellAndMakesNothing() {
    var further =
        Map.of("check_types", "n2-standard-4, e2-small", "check_images", GceAccount.IMAGE);

    assertThat(wrong(further)).isEmpty();
    assertThat(account.gce().machines()).isEmpty();
    assertThat(account.gce().asked("compute.machineTypes.get")).hasSize(4);
  }

  @Test
  void aPermissionThatIsMissingIsNamed() {
    account.gce().deny("compute.disks.create");

    assertThat(wrong(Map.of()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.what()).contains("compute.disks.create in acme-ci");
              assertThat(finding.advice()).contains("nimbus@acme-ci.iam.gserviceaccount.com");
            });
  }

  @Test
  void onlyWhatTheAccountNeedsIsAskedFor() {
    wrong(Map.of());

    assertThat(permissionsAsked())
        .contains("compute.networks.get")
        .doesNotContain(
            "compute.subnetworks.get",
            "compute.instances.setTags",
            "compute.subnetworks.useExternalIp",
            "compute.images.get");
  }

  @Test
  void aSharedNetworkIsAskedForInItsOwnProject() {
    wrong(
        Map.of(
            "network", "",
            "subnetworks", "europe-west3=runners, us-east1=runners",
            "network_project", "acme-net"));

    assertThat(account.gce().asked("cloudresourcemanager.projects.testIamPermissions"))
        .filteredOn(asked -> asked.word("resource").equals("acme-net"))
        .singleElement()
        .satisfies(
            asked ->
                assertThat(asked.at("/permissions").valueStream().map(one -> one.asString()))
                    .containsExactlyInAnyOrder(
                        "compute.subnetworks.get", "compute.subnetworks.use"));
  }

  @Test
  void whatIsNotThereIsNamed() {
    account.gce().lose("us-east1-c");
    var further =
        Map.of(
            "network", "custom",
            "check_types", "x9-huge-1",
            "check_images", "runner-8");

    assertThat(wrong(further))
        .extracting(Finding::what)
        .contains(
            "zone us-east1-c is up",
            "zone europe-west3-a has machine type x9-huge-1",
            "image projects/acme-ci/global/images/runner-8 is there",
            "network custom is there");
  }

  @Test
  void aQuotaWithoutRoomIsNamedWhenMachinesCountForIt() {
    account.gce().use("N2_CPUS", 24);
    account.gce().use("IN_USE_ADDRESSES", 24);

    assertThat(wrong(Map.of())).isEmpty();
    assertThat(wrong(Map.of("check_types", "n2-standard-4", "external_ip", "yes")))
        .extracting(Finding::advice)
        .containsOnly("N2_CPUS: 24 of 24 are used, IN_USE_ADDRESSES: 24 of 24 are used");
  }

  @Test
  void whatCarriesOurLabelWithoutANameOfOursIsNamed() {
    account.gce().plant("us-east1-c", "copy-of-it", Map.of("nimbus-controller", "ours0001"));

    assertThat(wrong(Map.of()))
        .extracting(Finding::advice)
        .containsExactly("these are left alone: us-east1-c/copy-of-it");
  }

  @Test
  void aKeyThatIsNotBelievedIsSaidOfEverything() {
    account.gce().distrust();

    assertThat(wrong(Map.of()))
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.advice()).contains("believe the key"));
  }

  private List<Finding> wrong(Map<String, String> further) {
    try (var provider = account.open(GceAccount.OURS, further)) {
      return provider.check().stream().filter(finding -> !finding.fine()).toList();
    }
  }

  private List<String> permissionsAsked() {
    return account.gce().asked("cloudresourcemanager.projects.testIamPermissions").stream()
        .flatMap(asked -> asked.at("/permissions").valueStream())
        .map(one -> one.asString())
        .toList();
  }
}
