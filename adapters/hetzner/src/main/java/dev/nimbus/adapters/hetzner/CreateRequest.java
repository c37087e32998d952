package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a machine looks like as a request. Pure. */
final class CreateRequest {
  /** What Hetzner takes, in bytes. */
  static final int MOST_USER_DATA = 32 * 1024;

  /** The label by which a repeated request is known to be the same. */
  static final String SPEC = "nimbus-spec";

  private static final int TOKEN_LETTERS = 40;
  private static final Pattern LABEL =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?");

  private final Settings settings;

  CreateRequest(Settings settings) {
    this.settings = settings;
  }

  /** Why there can be no such request; empty when there can. */
  String problem(MachineSpec spec) {
    var cell = spec.cell();
    var size = spec.userData().getBytes(StandardCharsets.UTF_8).length;
    if (size > MOST_USER_DATA) {
      return "user data has %d bytes, and Hetzner takes %d at most".formatted(size, MOST_USER_DATA);
    }
    if (cell.market() == Market.SPOT) {
      return "Hetzner has no spot market";
    }
    if (cell.image().isEmpty()) {
      return "the pool names no image";
    }
    if (!settings.locations().contains(cell.place())) {
      return notAmong("location", cell.place(), "locations", settings.locations());
    }
    if (!settings.serverTypes().isEmpty() && !settings.serverTypes().contains(cell.type())) {
      return notAmong("server type", cell.type(), "server_types", settings.serverTypes());
    }
    if (!settings.images().isEmpty() && !settings.images().contains(cell.image())) {
      return notAmong("image", cell.image(), "images", settings.images());
    }
    return labels(spec).entrySet().stream()
        .filter(label -> !LABEL.matcher(label.getValue()).matches())
        .map(label -> "'%s' cannot be a label at Hetzner".formatted(label.getValue()))
        .findFirst()
        .orElse("");
  }

  /** The request. */
  Map<String, Object> of(MachineSpec spec, Wire.Image image) {
    var network = settings.network();
    var request =
        Json.object(
            "name", spec.name().value(),
            "location", spec.cell().place(),
            "server_type", spec.cell().type(),
            "image", Long.toString(image.id()),
            "labels", labels(spec),
            "user_data", spec.userData(),
            "start_after_create", true,
            "public_net",
                Json.object("enable_ipv4", network.ipv4(), "enable_ipv6", network.ipv6()));
    put(request, "ssh_keys", settings.sshKeys());
    put(request, "networks", network.networks());
    put(
        request,
        "firewalls",
        network.firewalls().stream().map(id -> Map.of("firewall", id)).toList());
    return request;
  }

  /** Every label of a machine. */
  static Map<String, String> labels(MachineSpec spec) {
    var labels = new TreeMap<>(spec.tags());
    labels.put(SPEC, mark(spec));
    return labels;
  }

  /** The same for the same spec, and different for any other; short enough for a label. */
  static String mark(MachineSpec spec) {
    return spec.token().substring(0, TOKEN_LETTERS);
  }

  private static void put(Map<String, Object> request, String name, List<?> values) {
    if (!values.isEmpty()) {
      request.put(name, values);
    }
  }

  private static String notAmong(String what, String given, String option, List<String> among) {
    return "%s '%s' is not among those of option %s (%s)"
        .formatted(what, given, option, String.join(", ", among));
  }
}
