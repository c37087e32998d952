package dev.nimbus.adapters.azure;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.BillingProfile;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.ManagedDiskParameters;
import com.azure.resourcemanager.compute.models.NetworkApiVersion;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.OperatingSystemTypes;
import com.azure.resourcemanager.compute.models.PublicIpAddressSku;
import com.azure.resourcemanager.compute.models.PublicIpAddressSkuName;
import com.azure.resourcemanager.compute.models.PublicIpAllocationMethod;
import com.azure.resourcemanager.compute.models.ResourceIdentityType;
import com.azure.resourcemanager.compute.models.SecurityProfile;
import com.azure.resourcemanager.compute.models.SecurityTypes;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageAccountTypes;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.UefiSettings;
import com.azure.resourcemanager.compute.models.VirtualMachineEvictionPolicyTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentityUserAssignedIdentities;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceIpConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import com.azure.resourcemanager.compute.models.VirtualMachinePublicIpAddressConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a machine looks like as a request. */
final class MachineRequest {
  /** The tag by which a machine is known to be of these very parameters. */
  static final String REQUEST = "nimbus-request";

  private static final int MOST_USER_DATA = 64 * 1024;
  private static final int MOST_DISK_GIB = 4095;
  private static final Pattern TYPE = Pattern.compile(Form.TYPE);

  private final Settings settings;
  private final Supplier<String> keyOfNobody;

  /**
   * Asks for machines of an account.
   *
   * @param keyOfNobody a public key for those where nobody is to log in
   */
  MachineRequest(Settings settings, Supplier<String> keyOfNobody) {
    this.settings = settings;
    this.keyOfNobody = keyOfNobody;
  }

  /** Why there can be no such request; empty when there can. */
  String problem(MachineSpec spec) {
    var size = spec.userData().getBytes(StandardCharsets.UTF_8).length;
    if (size > MOST_USER_DATA) {
      return "user data has %d bytes, and Azure takes %d at most".formatted(size, MOST_USER_DATA);
    }
    var place = Place.parse(spec.cell().place());
    var locations = settings.network().subnets();
    if (place.isEmpty() || !locations.containsKey(place.get().location())) {
      return "place '%s' is not in a location of the provider (option subnets has %s)"
          .formatted(spec.cell().place(), String.join(", ", locations.keySet()));
    }
    if (!TYPE.matcher(spec.cell().type()).matches()) {
      return "'%s' is not a size of machines (such as Standard_D4s_v5)"
          .formatted(spec.cell().type());
    }
    if (ImageName.parse(spec.cell().image()).isEmpty()) {
      return "'%s' is not an image (publisher:offer:sku:version, or the id of an image)"
          .formatted(spec.cell().image());
    }
    return spec.diskGib() > MOST_DISK_GIB
        ? "a disk of %d GiB is larger than %d".formatted(spec.diskGib(), MOST_DISK_GIB)
        : "";
  }

  VirtualMachineInner of(MachineSpec spec) {
    var place = Place.parse(spec.cell().place()).orElseThrow();
    var machine =
        new VirtualMachineInner()
            .withLocation(place.location())
            .withTags(tags(spec))
            .withHardwareProfile(
                new HardwareProfile()
                    .withVmSize(VirtualMachineSizeTypes.fromString(spec.cell().type())))
            .withStorageProfile(storage(spec))
            .withOsProfile(system(spec))
            .withNetworkProfile(network(spec, place))
            .withSecurityProfile(security());
    if (!place.zone().isEmpty()) {
      machine.withZones(List.of(place.zone()));
    }
    if (!settings.shape().identity().isEmpty()) {
      machine.withIdentity(identity());
    }
    return spec.cell().market() == Market.SPOT ? onSpot(machine) : machine;
  }

  private static Map<String, String> tags(MachineSpec spec) {
    var tags = new TreeMap<>(spec.tags());
    tags.put(REQUEST, spec.token());
    return tags;
  }

  /** A disk cannot be given tags here; its name says whose it is. */
  private StorageProfile storage(MachineSpec spec) {
    var disk =
        new OSDisk()
            .withName(Leftover.disk(spec.name()))
            .withOsType(OperatingSystemTypes.LINUX)
            .withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
            .withDeleteOption(DiskDeleteOptionTypes.DELETE);
    if (spec.diskGib() > 0) {
      disk.withDiskSizeGB(spec.diskGib());
    }
    if (!settings.shape().diskType().isEmpty()) {
      disk.withManagedDisk(
          new ManagedDiskParameters()
              .withStorageAccountType(StorageAccountTypes.fromString(settings.shape().diskType())));
    }
    return new StorageProfile()
        .withImageReference(ImageName.parse(spec.cell().image()).orElseThrow().reference())
        .withOsDisk(disk);
  }

  /** Nobody has a password, and nobody runs anything through Azure's agent. */
  private OSProfile system(MachineSpec spec) {
    var shape = settings.shape();
    var key = shape.sshKey().isEmpty() ? keyOfNobody.get() : shape.sshKey();
    var path = "/home/%s/.ssh/authorized_keys".formatted(shape.user());
    return new OSProfile()
        .withComputerName(spec.name().value())
        .withAdminUsername(shape.user())
        .withAllowExtensionOperations(false)
        .withCustomData(
            Base64.getEncoder().encodeToString(spec.userData().getBytes(StandardCharsets.UTF_8)))
        .withLinuxConfiguration(
            new LinuxConfiguration()
                .withDisablePasswordAuthentication(true)
                .withSsh(
                    new SshConfiguration()
                        .withPublicKeys(
                            List.of(new SshPublicKey().withPath(path).withKeyData(key)))));
  }

  private NetworkProfile network(MachineSpec spec, Place place) {
    var network = settings.network();
    var address =
        new VirtualMachineNetworkInterfaceIpConfiguration()
            .withName("main")
            .withPrimary(true)
            .withSubnet(new SubResource().withId(network.subnets().get(place.location())));
    if (network.publicIp()) {
      address.withPublicIpAddressConfiguration(publicAddress(spec));
    }
    var card =
        new VirtualMachineNetworkInterfaceConfiguration()
            .withName(Leftover.card(spec.name()))
            .withTags(spec.tags())
            .withPrimary(true)
            .withDeleteOption(DeleteOptions.DELETE)
            .withIpConfigurations(List.of(address));
    var group = network.securityGroups().get(place.location());
    if (group != null) {
      card.withNetworkSecurityGroup(new SubResource().withId(group));
    }
    return new NetworkProfile()
        .withNetworkApiVersion(NetworkApiVersion.TWO_ZERO_TWO_TWO_ONE_ONE_ZERO_ONE)
        .withNetworkInterfaceConfigurations(List.of(card));
  }

  private static VirtualMachinePublicIpAddressConfiguration publicAddress(MachineSpec spec) {
    return new VirtualMachinePublicIpAddressConfiguration()
        .withName(Leftover.address(spec.name()))
        .withTags(spec.tags())
        .withSku(new PublicIpAddressSku().withName(PublicIpAddressSkuName.STANDARD))
        .withPublicIpAllocationMethod(PublicIpAllocationMethod.STATIC)
        .withDeleteOption(DeleteOptions.DELETE);
  }

  private SecurityProfile security() {
    var shape = settings.shape();
    var security = new SecurityProfile();
    if (shape.trustedLaunch()) {
      security
          .withSecurityType(SecurityTypes.TRUSTED_LAUNCH)
          .withUefiSettings(new UefiSettings().withSecureBootEnabled(true).withVTpmEnabled(true));
    }
    return shape.encryptionAtHost() ? security.withEncryptionAtHost(true) : security;
  }

  private VirtualMachineIdentity identity() {
    return new VirtualMachineIdentity()
        .withType(ResourceIdentityType.USER_ASSIGNED)
        .withUserAssignedIdentities(
            Map.of(
                settings.shape().identity(), new VirtualMachineIdentityUserAssignedIdentities()));
  }

  /** What is taken back is gone with all that was made for it, and costs up to the list price. */
  private static VirtualMachineInner onSpot(VirtualMachineInner machine) {
    return machine
        .withPriority(VirtualMachinePriorityTypes.SPOT)
        .withEvictionPolicy(VirtualMachineEvictionPolicyTypes.DELETE)
        .withBillingProfile(new BillingProfile().withMaxPrice(-1.0));
  }
}
