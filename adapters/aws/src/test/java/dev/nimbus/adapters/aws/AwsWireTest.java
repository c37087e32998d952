package dev.nimbus.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.testkit.provider.aws.Asked;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.WithMoto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What EC2 is told, as moto understood it or as it was sent. */
@ExtendWith(WithMoto.class)
final class AwsWireTest {
  private static final ControllerId OURS = new ControllerId("ours0001");
  private static final String USER_DATA = "#cloud-config\nruncmd: ['echo grüße']\n";

  private final MotoAccount account;
  private final AwsProvider provider;

  AwsWireTest(Moto moto) {
    account = new MotoAccount(moto);
    provider = account.open(OURS);
  }

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void aMachineReadsItsUserDataAndEndsWhenItShutsDown() {
    provider.launch(spec("wire0001"));

    var id = account.only().instanceId();
    var userData = attribute(id, InstanceAttributeName.USER_DATA);
    var read = Base64.getDecoder().decode(userData.userData().value());
    var behaviour = attribute(id, InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR);
    assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(USER_DATA);
    assertThat(behaviour.instanceInitiatedShutdownBehavior().value()).isEqualTo("terminate");
  }

  @Test
  void aMachineAndItsDiskCarryItsNameAndItsOwner() {
    var spec = spec("wire0002");
    provider.launch(spec);

    assertThat(tags(account.only().tags()))
        .containsAllEntriesOf(spec.tags())
        .containsEntry("Name", spec.name().value());
    assertThat(account.client().describeVolumes().volumes())
        .hasSize(1)
        .allSatisfy(disk -> assertThat(tags(disk.tags())).containsAllEntriesOf(spec.tags()));
  }

  @Test
  void theMetadataServiceAnswersOnlyWithATokenAndOnlyTheMachineItself() {
    provider.launch(spec("wire0003"));

    var options = account.only().metadataOptions();
    assertThat(options.httpTokens()).isEqualTo(HttpTokensState.REQUIRED);
    assertThat(options.httpPutResponseHopLimit()).isEqualTo(1);
  }

  @Test
  void theTokenIsThatOfTheSpec() {
    var spec = spec("wire0004");
    provider.launch(spec);

    assertThat(account.only().clientToken()).isEqualTo(spec.token()).hasSize(64);
  }

  @Test
  void aSpotMachineIsAskedForOnceAndEndsWhenItIsTakenBack() {
    var spec = spec("wire0005", MotoAccount.cell(Market.SPOT), 0, USER_DATA);
    provider.launch(spec);

    assertThat(account.only().instanceLifecycle()).isEqualTo(InstanceLifecycleType.SPOT);
    assertThat(run().fields())
        .containsEntry("InstanceMarketOptions.SpotOptions.SpotInstanceType", "one-time")
        .containsEntry(
            "InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior", "terminate")
        .containsEntry("TagSpecification.3.ResourceType", "spot-instances-request");
  }

  @Test
  void aDiskIsAsLargeAsThePoolSays() {
    provider.launch(spec("wire0006", MotoAccount.cell(Market.ON_DEMAND), 77, USER_DATA));

    assertThat(account.client().describeVolumes().volumes())
        .extracting(Volume::size)
        .containsExactly(77);
    assertThat(run().field("BlockDeviceMapping.1.DeviceName")).isEqualTo("/dev/xvda");
    assertThat(run().field("BlockDeviceMapping.1.Ebs.DeleteOnTermination")).isEqualTo("true");
  }

  @Test
  void aMachineGetsTheProfileOfItsAccount() {
    try (var withProfile = account.open(OURS, Map.of("instance_profile", "runners"))) {
      withProfile.launch(spec("wire0007"));
    }

    assertThat(run().field("IamInstanceProfile.Name")).isEqualTo("runners");
  }

  @Test
  void aLaunchTemplateSaysWhatThePoolDoesNot() {
    account
        .client()
        .createLaunchTemplate(
            request ->
                request
                    .launchTemplateName("runners")
                    .launchTemplateData(data -> data.imageId(MotoAccount.IMAGE)));
    var known = MotoAccount.cell(Market.ON_DEMAND);
    var cell = new Cell(known.provider(), known.place(), known.type(), "", known.market());
    try (var templated = account.open(OURS, Map.of("launch_template", "runners:1"))) {
      assertThat(templated.launch(spec("wire0008", cell, 0, USER_DATA)))
          .isInstanceOf(Launch.Launched.class);
      assertThat(templated.check()).allMatch(Finding::fine);
    }

    assertThat(account.only().imageId()).isEqualTo(MotoAccount.IMAGE);
  }

  @Test
  void aRoleIsAskedForWithItsExternalId() {
    var role = Map.of("role_arn", "arn:aws:iam::123456789012:role/nimbus", "external_id", "acme-7");
    try (var assumed = account.open(OURS, role)) {
      assertThat(assumed.launch(spec("wire0009"))).isInstanceOf(Launch.Launched.class);
    }

    assertThat(account.front().asked("AssumeRole"))
        .first()
        .satisfies(asked -> assertThat(asked.field("ExternalId")).isEqualTo("acme-7"));
  }

  @Test
  void whatCannotBeIsRefusedWithoutACall() {
    var cell = MotoAccount.cell(Market.ON_DEMAND);
    var elsewhere =
        new Cell(cell.provider(), "us-east-1f", cell.type(), cell.image(), cell.market());

    assertThat(provider.launch(spec("wire0010", cell, 0, "#".repeat(16 * 1024 + 1))))
        .isEqualTo(new Launch.Refused("user data has 16385 bytes, and EC2 takes 16384 at most"));
    assertThat(provider.launch(spec("wire0011", elsewhere, 0, USER_DATA)))
        .isEqualTo(
            new Launch.Refused("zone 'us-east-1f' has no subnet (option subnets has us-east-1a)"));
    assertThat(account.front().asked()).isEmpty();
  }

  @Test
  void machinesOfAllPagesAreListed() {
    for (var unique : List.of("page0001", "page0002", "page0003", "page0004", "page0005")) {
      provider.launch(spec(unique));
    }
    account.front().pagesOf(2);

    assertThat(provider.instances()).hasSize(5);
  }

  @Test
  void aCheckSaysWhatIsMissing() {
    var wrong =
        Map.of(
            "subnets", "us-east-1a=subnet-0123456789abcdef0",
            "security_groups", "sg-0123456789abcdef0",
            "launch_template", "runners:7");
    try (var broken = account.open(OURS, wrong)) {
      assertThat(broken.check())
          .filteredOn(finding -> !finding.fine())
          .extracting(Finding::advice)
          .anyMatch(advice -> advice.contains("InvalidSubnetID.NotFound"))
          .anyMatch(advice -> advice.contains("InvalidGroup.NotFound"))
          .anyMatch(advice -> advice.contains("ec2:DescribeLaunchTemplateVersions"));
    }
  }

  @Test
  void aCheckFindsASubnetThatIsInAnotherZone() {
    var other =
        account.client().describeSubnets().subnets().stream()
            .filter(subnet -> !subnet.availabilityZone().equals(MotoAccount.ZONE))
            .findFirst()
            .orElseThrow();
    var swapped = Map.of("subnets", MotoAccount.ZONE + "=" + other.subnetId());
    try (var broken = account.open(OURS, swapped)) {
      assertThat(broken.check())
          .extracting(Finding::advice)
          .anyMatch(advice -> advice.contains("it is in " + other.availabilityZone()));
    }
  }

  @Test
  void aCheckMakesNoMachine() {
    assertThat(provider.check()).isNotEmpty().allMatch(Finding::fine);

    assertThat(account.client().describeInstances().reservations()).isEmpty();
  }

  @Test
  void machinesArePaidForByTheSecondAndForAMinuteAtLeast() {
    assertThat(provider.billing("c7i.large"))
        .isEqualTo(new Billing.PerSecond(Duration.ofMinutes(1)));
  }

  private MachineSpec spec(String unique) {
    return spec(unique, MotoAccount.cell(Market.ON_DEMAND), 0, USER_DATA);
  }

  private static MachineSpec spec(String unique, Cell cell, int diskGib, String userData) {
    return new MachineSpec(
        MachineName.of(OURS, unique),
        new Owner(new OrgId("acme"), new PoolName("linux")),
        cell,
        diskGib,
        userData,
        Duration.ofHours(6));
  }

  private Asked run() {
    return account.front().asked("RunInstances").getFirst();
  }

  private software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse attribute(
      String id, InstanceAttributeName name) {
    return account
        .client()
        .describeInstanceAttribute(request -> request.instanceId(id).attribute(name));
  }

  private static Map<String, String> tags(List<Tag> tags) {
    var found = new TreeMap<String, String>();
    tags.forEach(tag -> found.put(tag.key(), tag.value()));
    return found;
  }
}
