package dev.nimbus.adapters.aws;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Tenancy;

/**
 * What a machine looks like as a request. Pure. Spot machines are asked for by {@code RunInstances}
 * as well, not by a fleet: a cell is one type in one zone already, so a fleet would have nothing to
 * choose, but would need a launch template of each machine's own for its user data, which would
 * keep a secret for longer than the machine lives.
 */
final class RunRequest {
  /** What EC2 takes, counted before it is encoded. */
  static final int MOST_USER_DATA = 16 * 1024;

  private final Settings settings;

  RunRequest(Settings settings) {
    this.settings = settings;
  }

  /** Why there can be no such request; empty when there can. */
  String problem(MachineSpec spec) {
    var place = spec.cell().place();
    var size = spec.userData().getBytes(StandardCharsets.UTF_8).length;
    if (size > MOST_USER_DATA) {
      return "user data has %d bytes, and EC2 takes %d at most".formatted(size, MOST_USER_DATA);
    }
    if (!settings.subnets().containsKey(place)) {
      return "zone '%s' has no subnet (option subnets has %s)"
          .formatted(place, String.join(", ", settings.subnets().keySet()));
    }
    if (spec.cell().image().isEmpty() && !settings.template().used()) {
      return "neither the pool names an image nor the provider a launch_template";
    }
    if (spec.cell().image().isEmpty() && spec.diskGib() > 0) {
      return "a disk of %d GiB needs an image of the pool's; set it in the launch template"
          .formatted(spec.diskGib());
    }
    return "";
  }

  /**
   * The request.
   *
   * @param rootDevice of the image; used where the spec says how large the disk is
   * @param host it is to be on; empty for wherever there is room
   */
  RunInstancesRequest of(MachineSpec spec, String rootDevice, String host) {
    var cell = spec.cell();
    var request =
        RunInstancesRequest.builder()
            .minCount(1)
            .maxCount(1)
            .clientToken(spec.token())
            .instanceType(cell.type())
            .subnetId(settings.subnets().get(cell.place()))
            .userData(encoded(spec.userData()))
            .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
            .metadataOptions(metadata())
            .tagSpecifications(tags(spec));
    if (!cell.image().isEmpty()) {
      request.imageId(cell.image());
    }
    if (spec.diskGib() > 0) {
      request.blockDeviceMappings(disk(rootDevice, spec.diskGib()));
    }
    if (cell.market() == Market.SPOT) {
      request.instanceMarketOptions(spot());
    }
    if (!host.isEmpty()) {
      request.placement(where -> where.hostId(host).tenancy(Tenancy.HOST));
    }
    return ofAccount(request).build();
  }

  /** The tags of something made for a machine: ours, and the name people see. */
  static List<Tag> tagsOf(MachineSpec spec, String name) {
    var tags = new ArrayList<Tag>();
    tags.add(tag("Name", name));
    spec.tags().forEach((key, value) -> tags.add(tag(key, value)));
    return tags;
  }

  /** The tags a policy of IAM looks at, for a request that makes nothing. */
  static List<TagSpecification> tagsOf(ControllerId controller) {
    var tag = tag(Owner.CONTROLLER, controller.value());
    return List.of(
        TagSpecification.builder().resourceType(ResourceType.INSTANCE).tags(tag).build(),
        TagSpecification.builder().resourceType(ResourceType.VOLUME).tags(tag).build());
  }

  /** What the account says of all its machines. */
  RunInstancesRequest.Builder ofAccount(RunInstancesRequest.Builder request) {
    if (!settings.securityGroups().isEmpty()) {
      request.securityGroupIds(settings.securityGroups());
    }
    if (settings.template().used()) {
      request.launchTemplate(settings.template().specification());
    }
    var profile = settings.instanceProfile();
    if (profile.startsWith("arn:")) {
      request.iamInstanceProfile(one -> one.arn(profile));
    } else if (!profile.isEmpty()) {
      request.iamInstanceProfile(one -> one.name(profile));
    }
    return request;
  }

  private static List<TagSpecification> tags(MachineSpec spec) {
    var kinds = new ArrayList<>(List.of(ResourceType.INSTANCE, ResourceType.VOLUME));
    if (spec.cell().market() == Market.SPOT) {
      kinds.add(ResourceType.SPOT_INSTANCES_REQUEST);
    }
    var tags = tagsOf(spec, spec.name().value());
    return kinds.stream()
        .map(kind -> TagSpecification.builder().resourceType(kind).tags(tags).build())
        .toList();
  }

  /** Only with a token, and not from within a container of the machine's. */
  private static InstanceMetadataOptionsRequest metadata() {
    return InstanceMetadataOptionsRequest.builder()
        .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
        .httpTokens(HttpTokensState.REQUIRED)
        .httpPutResponseHopLimit(1)
        .build();
  }

  private static BlockDeviceMapping disk(String device, int gib) {
    return BlockDeviceMapping.builder()
        .deviceName(device)
        .ebs(ebs -> ebs.volumeSize(gib).deleteOnTermination(true))
        .build();
  }

  private static InstanceMarketOptionsRequest spot() {
    return InstanceMarketOptionsRequest.builder()
        .marketType(MarketType.SPOT)
        .spotOptions(
            spot ->
                spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                    .instanceInterruptionBehavior(InstanceInterruptionBehavior.TERMINATE))
        .build();
  }

  private static String encoded(String userData) {
    return Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
