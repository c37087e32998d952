package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.testkit.provider.gcp.Asked;
import dev.nimbus.testkit.provider.gcp.Google;
import dev.nimbus.testkit.provider.gcp.WithGoogle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Google is told, in bodies that are as it describes them. */
@ExtendWith(WithGoogle.class)
final class GcpWireTest {
  private final GceAccount account;
  private final GcpProvider provider;

  GcpWireTest(Google google) {
    account = new GceAccount(google);
    provider = account.open(GceAccount.OURS);
  }

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void aMachineReadsItsUserDataAndNobodyGetsInByKeysOrConsoles() {
    launch(provider, GceAccount.spec("wire0001"));

    assertThat(metadata())
        .isEqualTo(
            Map.of(
                "user-data", GceAccount.USER_DATA,
                "enable-oslogin", "TRUE",
                "block-project-ssh-keys", "TRUE",
                "serial-port-enable", "FALSE",
                "enable-guest-attributes", "FALSE"));
  }

  @Test
  void aMachineAndItsDiskCarryItsNameAndItsOwner() {
    var spec = GceAccount.spec("wire0002");
    launch(provider, spec);

    assertThat(text("/name")).isEqualTo(spec.name().value());
    for (var tag : spec.tags().entrySet()) {
      assertThat(text("/labels/" + tag.getKey())).isEqualTo(tag.getValue());
      assertThat(text("/disks/0/initializeParams/labels/" + tag.getKey()))
          .isEqualTo(tag.getValue());
    }
    assertThat(text("/disks/0/autoDelete")).isEqualTo("true");
  }

  @Test
  void aMachineStartsOnlyWhatIsSignedAndRunsAsNobody() {
    launch(provider, GceAccount.spec("wire0003"));

    assertThat(text("/shieldedInstanceConfig/enableSecureBoot")).isEqualTo("true");
    assertThat(text("/shieldedInstanceConfig/enableVtpm")).isEqualTo("true");
    assertThat(text("/shieldedInstanceConfig/enableIntegrityMonitoring")).isEqualTo("true");
    assertThat(insert().at("/serviceAccounts").isMissingNode()).isTrue();
    assertThat(insert().at("/networkInterfaces/0/accessConfigs").isMissingNode()).isTrue();
    assertThat(insert().at("/tags").isMissingNode()).isTrue();
  }

  @Test
  void theIdOfARequestDependsOnEveryParameter() {
    var one = RequestId.of(GceAccount.spec("wire0004"), 0);
    var again = RequestId.of(GceAccount.spec("wire0004"), 0);
    var other =
        RequestId.of(
            GceAccount.spec("wire0004", GceAccount.cell(Market.ON_DEMAND), "#cloud-config\n"), 0);
    launch(provider, GceAccount.spec("wire0004"));

    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
    assertThat(UUID.fromString(one).toString()).isEqualTo(one);
    assertThat(insert().parameter("requestId")).isEqualTo(one);
    assertThat(text("/labels/nimbus-request")).isEqualTo(one);
  }

  @Test
  void whateverEndsAMachineDeletesIt() {
    launch(provider, GceAccount.spec("wire0005"));

    assertThat(text("/scheduling/provisioningModel")).isEqualTo("STANDARD");
    assertThat(text("/scheduling/instanceTerminationAction")).isEqualTo("DELETE");
    assertThat(text("/scheduling/maxRunDuration/seconds")).isEqualTo("21600");
    assertThat(text("/scheduling/onHostMaintenance")).isEqualTo("TERMINATE");
    assertThat(text("/scheduling/automaticRestart")).isEqualTo("false");
  }

  @Test
  void aSpotMachineIsDeletedWhenItIsTakenBack() {
    launch(provider, GceAccount.spec("wire0006", GceAccount.cell(Market.SPOT)));

    assertThat(text("/scheduling/provisioningModel")).isEqualTo("SPOT");
    assertThat(text("/scheduling/instanceTerminationAction")).isEqualTo("DELETE");
    assertThat(text("/scheduling/onHostMaintenance")).isEqualTo("TERMINATE");
  }

  @Test
  void aTypeThatIsOnlyMovedIsMovedUnlessItIsOnSpot() {
    var onDemand = GceAccount.cell("e2-standard-4", GceAccount.IMAGE, Market.ON_DEMAND);
    launch(provider, GceAccount.spec("wire0007", onDemand));
    assertThat(text("/scheduling/onHostMaintenance")).isEqualTo("MIGRATE");

    var spot = GceAccount.cell("e2-standard-4", GceAccount.IMAGE, Market.SPOT);
    launch(provider, GceAccount.spec("wire0008", spot));
    assertThat(text("/scheduling/onHostMaintenance")).isEqualTo("TERMINATE");
  }

  @Test
  void aMachineIsAsItsAccountSays() {
    var options =
        Map.of(
            "network", "",
            "subnetworks", "europe-west3=runners, us-east1=runners",
            "network_project", "acme-net",
            "tags", "runner, no-inbound",
            "external_ip", "yes",
            "disk_type", "pd-balanced",
            "shielded", "no",
            "service_account", "runner@acme-ci.iam.gserviceaccount.com",
            "service_account_scopes", "devstorage.read_only");
    try (var told = account.open(GceAccount.OURS, options)) {
      launch(told, ofDisk(77));
    }

    assertThat(text("/networkInterfaces/0/subnetwork"))
        .isEqualTo("projects/acme-net/regions/europe-west3/subnetworks/runners");
    assertThat(text("/networkInterfaces/0/accessConfigs/0/type")).isEqualTo("ONE_TO_ONE_NAT");
    assertThat(text("/tags/items/1")).isEqualTo("no-inbound");
    assertThat(text("/disks/0/initializeParams/diskSizeGb")).isEqualTo("77");
    assertThat(text("/disks/0/initializeParams/diskType"))
        .isEqualTo("zones/europe-west3-a/diskTypes/pd-balanced");
    assertThat(insert().at("/shieldedInstanceConfig").isMissingNode()).isTrue();
    assertThat(text("/serviceAccounts/0/email"))
        .isEqualTo("runner@acme-ci.iam.gserviceaccount.com");
    assertThat(text("/serviceAccounts/0/scopes/0"))
        .isEqualTo("https://www.googleapis.com/auth/devstorage.read_only");
  }

  @Test
  void anImageMayBeOfTheProjectItself() {
    launch(
        provider,
        GceAccount.spec(
            "wire0010", GceAccount.cell("n2-standard-4", "runner-7", Market.ON_DEMAND)));

    assertThat(text("/disks/0/initializeParams/sourceImage"))
        .isEqualTo("projects/acme-ci/global/images/runner-7");
  }

  @Test
  void whatCannotBeIsRefusedWithoutACall() {
    var cell = GceAccount.cell(Market.ON_DEMAND);
    var elsewhere =
        new Cell(cell.provider(), "us-east1-f", cell.type(), cell.image(), cell.market());
    var noImage = GceAccount.cell("n2-standard-4", "", Market.ON_DEMAND);
    var noType = GceAccount.cell("../n2", GceAccount.IMAGE, Market.ON_DEMAND);
    var large = GceAccount.spec("wire0011", cell, "#".repeat(256 * 1024 + 1));

    assertThat(provider.launch(large))
        .isEqualTo(
            new Launch.Refused("user data has 262145 bytes, and Google takes 262144 at most"));
    assertThat(provider.launch(GceAccount.spec("wire0012", elsewhere)))
        .isEqualTo(
            new Launch.Refused(
                "zone 'us-east1-f' is not among those of the provider (option zones has"
                    + " europe-west3-a, us-east1-c)"));
    assertThat(provider.launch(GceAccount.spec("wire0013", noImage)))
        .isInstanceOf(Launch.Refused.class);
    assertThat(provider.launch(GceAccount.spec("wire0014", noType)))
        .isEqualTo(new Launch.Refused("'../n2' is not a machine type"));
    assertThat(account.gce().asked()).isEmpty();
  }

  @Test
  void machinesOfAllZonesAndPagesAreListed() {
    for (var unique : List.of("page0001", "page0002", "page0003", "page0004", "page0005")) {
      launch(provider, GceAccount.spec(unique));
    }
    var cell = GceAccount.cell(Market.ON_DEMAND);
    launch(
        provider,
        GceAccount.spec(
            "page0006",
            new Cell(cell.provider(), "us-east1-c", cell.type(), cell.image(), cell.market())));
    account.gce().pagesOf(2);

    assertThat(provider.instances()).hasSize(6);
    assertThat(provider.instances())
        .extracting(one -> one.ref().place())
        .contains("us-east1-c", GceAccount.ZONE);
  }

  @Test
  void aListBringsNoUserData() {
    launch(provider, GceAccount.spec("wire0015"));
    provider.instances();

    assertThat(account.gce().asked("compute.instances.aggregatedList"))
        .allSatisfy(
            asked -> assertThat(asked.parameter("fields")).isNotEmpty().doesNotContain("metadata"));
  }

  @Test
  void aMachineIsTheMachineOfItsRequestAndIsCreatedWhenGoogleSays() {
    var machine = launch(provider, GceAccount.spec("wire0016"));

    assertThat(machine.createdAt()).isEqualTo("2026-11-25T14:12:00.123Z");
    assertThat(machine.ref().id()).matches("\\d{19}");
    assertThat(machine.type()).isEqualTo("n2-standard-4");
  }

  @Test
  void twoEndsOfAMachineAreTwoRequestsOfItsIdAndTime() {
    var machine = launch(provider, GceAccount.spec("wire0017"));
    provider.terminate(machine.ref());

    assertThat(account.gce().asked("compute.instances.delete").getFirst().parameter("requestId"))
        .isEqualTo(RequestId.ofEnd(machine.ref().id(), java.time.Instant.EPOCH));
  }

  @Test
  void machinesArePaidForByTheSecondAndForAMinuteAtLeast() {
    assertThat(provider.billing("n2-standard-4"))
        .isEqualTo(new Billing.PerSecond(Duration.ofMinutes(1)));
  }

  private static Instance launch(GcpProvider provider, MachineSpec spec) {
    var launch = provider.launch(spec);
    assertThat(launch).isInstanceOf(Launch.Launched.class);
    return ((Launch.Launched) launch).instance();
  }

  private static MachineSpec ofDisk(int gib) {
    var spec = GceAccount.spec("wire0009");
    return new MachineSpec(
        spec.name(), spec.owner(), spec.cell(), gib, spec.userData(), spec.maxLife());
  }

  private Map<String, String> metadata() {
    var items = new TreeMap<String, String>();
    insert()
        .at("/metadata/items")
        .forEach(item -> items.put(item.get("key").asString(), item.get("value").asString()));
    return items;
  }

  private String text(String pointer) {
    return insert().at(pointer).asString("");
  }

  private Asked insert() {
    return account.gce().asked("compute.instances.insert").getLast();
  }
}
