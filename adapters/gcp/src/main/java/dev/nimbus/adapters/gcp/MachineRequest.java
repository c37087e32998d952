package dev.nimbus.adapters.gcp;

import com.google.api.services.compute.model.AccessConfig;
import com.google.api.services.compute.model.AttachedDisk;
import com.google.api.services.compute.model.AttachedDiskInitializeParams;
import com.google.api.services.compute.model.Instance;
import com.google.api.services.compute.model.Metadata;
import com.google.api.services.compute.model.NetworkInterface;
import com.google.api.services.compute.model.Scheduling;
import com.google.api.services.compute.model.ServiceAccount;
import com.google.api.services.compute.model.ShieldedInstanceConfig;
import com.google.api.services.compute.model.Tags;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a machine looks like as a request. Pure. */
final class MachineRequest {
  /** The label by which a machine is known to be of these very parameters. */
  static final String REQUEST = "nimbus-request";

  private static final int MOST_USER_DATA = 256 * 1024;
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(30);
  private static final Duration LONGEST_LIFE = Duration.ofDays(120);
  private static final Pattern TYPE = Pattern.compile(Form.TYPE);

  /** Which Google moves to another host, and never ends for that, unless they are on spot. */
  private static final String ONLY_MOVED = "e2-";

  private final Settings settings;

  MachineRequest(Settings settings) {
    this.settings = settings;
  }

  /** Why there can be no such request; empty when there can. */
  String problem(MachineSpec spec) {
    var size = spec.userData().getBytes(StandardCharsets.UTF_8).length;
    if (size > MOST_USER_DATA) {
      return "user data has %d bytes, and Google takes %d at most".formatted(size, MOST_USER_DATA);
    }
    if (!settings.zones().contains(spec.cell().place())) {
      return "zone '%s' is not among those of the provider (option zones has %s)"
          .formatted(spec.cell().place(), String.join(", ", settings.zones()));
    }
    if (!TYPE.matcher(spec.cell().type()).matches()) {
      return "'%s' is not a machine type".formatted(spec.cell().type());
    }
    if (ImageName.parse(spec.cell().image()).isEmpty()) {
      return "'%s' is not an image (name, family/name, or either after project/)"
          .formatted(spec.cell().image());
    }
    var life = lifeProblem(spec.maxLife());
    return life.isEmpty() ? labelProblem(spec) : life;
  }

  Instance of(MachineSpec spec) {
    var zone = spec.cell().place();
    var instance =
        new Instance()
            .setName(spec.name().value())
            .setDescription("A runner of Nimbus")
            .setMachineType("zones/%s/machineTypes/%s".formatted(zone, spec.cell().type()))
            .setLabels(labels(spec))
            .setMetadata(metadata(spec.userData()))
            .setDisks(List.of(disk(spec)))
            .setNetworkInterfaces(List.of(network(zone)))
            .setScheduling(scheduling(spec));
    if (settings.shielded()) {
      instance.setShieldedInstanceConfig(shielded());
    }
    if (!settings.tags().isEmpty()) {
      instance.setTags(new Tags().setItems(settings.tags()));
    }
    if (!settings.serviceAccount().isEmpty()) {
      instance.setServiceAccounts(List.of(account()));
    }
    return instance;
  }

  private static String lifeProblem(Duration life) {
    return life.compareTo(SHORTEST_LIFE) < 0 || life.compareTo(LONGEST_LIFE) > 0
        ? "a life of %s is not between %s and %s".formatted(life, SHORTEST_LIFE, LONGEST_LIFE)
        : "";
  }

  private static String labelProblem(MachineSpec spec) {
    return spec.tags().values().stream()
        .filter(value -> value.length() > Form.LABEL)
        .map(value -> "'%s' is longer than a label may be (%d)".formatted(value, Form.LABEL))
        .findFirst()
        .orElse("");
  }

  private static Map<String, String> labels(MachineSpec spec) {
    var labels = new TreeMap<>(spec.tags());
    labels.put(REQUEST, RequestId.of(spec, 0));
    return labels;
  }

  /** Nobody gets in by keys of the project or a console, and the machine writes none of its own. */
  private static Metadata metadata(String userData) {
    return new Metadata()
        .setItems(
            List.of(
                item("user-data", userData),
                item("enable-oslogin", "TRUE"),
                item("block-project-ssh-keys", "TRUE"),
                item("serial-port-enable", "FALSE"),
                item("enable-guest-attributes", "FALSE")));
  }

  private AttachedDisk disk(MachineSpec spec) {
    var image = ImageName.parse(spec.cell().image()).orElseThrow();
    var params =
        new AttachedDiskInitializeParams()
            .setSourceImage(image.path(settings.project()))
            .setLabels(spec.tags());
    if (spec.diskGib() > 0) {
      params.setDiskSizeGb((long) spec.diskGib());
    }
    if (!settings.diskType().isEmpty()) {
      params.setDiskType(
          "zones/%s/diskTypes/%s".formatted(spec.cell().place(), settings.diskType()));
    }
    return new AttachedDisk().setBoot(true).setAutoDelete(true).setInitializeParams(params);
  }

  private NetworkInterface network(String zone) {
    var region = Settings.regionOf(zone);
    var network = new NetworkInterface();
    if (settings.subnetworks().containsKey(region)) {
      network.setSubnetwork(
          "projects/%s/regions/%s/subnetworks/%s"
              .formatted(settings.networkProject(), region, settings.subnetworks().get(region)));
    } else {
      network.setNetwork(
          "projects/%s/global/networks/%s"
              .formatted(settings.networkProject(), settings.network()));
    }
    if (settings.externalIp()) {
      network.setAccessConfigs(
          List.of(new AccessConfig().setName("External NAT").setType("ONE_TO_ONE_NAT")));
    }
    return network;
  }

  /** What ends, ends for good: by its time, by its host's maintenance, or taken back. */
  private static Scheduling scheduling(MachineSpec spec) {
    var spot = spec.cell().market() == Market.SPOT;
    var moved = !spot && spec.cell().type().startsWith(ONLY_MOVED);
    return new Scheduling()
        .setProvisioningModel(spot ? "SPOT" : "STANDARD")
        .setInstanceTerminationAction("DELETE")
        .setMaxRunDuration(
            new com.google.api.services.compute.model.Duration()
                .setSeconds(spec.maxLife().toSeconds()))
        .setOnHostMaintenance(moved ? "MIGRATE" : "TERMINATE")
        .setAutomaticRestart(false);
  }

  private static ShieldedInstanceConfig shielded() {
    return new ShieldedInstanceConfig()
        .setEnableSecureBoot(true)
        .setEnableVtpm(true)
        .setEnableIntegrityMonitoring(true);
  }

  private ServiceAccount account() {
    return new ServiceAccount().setEmail(settings.serviceAccount()).setScopes(settings.scopes());
  }

  private static Metadata.Items item(String key, String value) {
    return new Metadata.Items().setKey(key).setValue(value);
  }
}
