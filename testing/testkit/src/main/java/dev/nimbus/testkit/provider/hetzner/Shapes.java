package dev.nimbus.testkit.provider.hetzner;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What things look like in answers. */
final class Shapes {
  static final List<String> LOCATIONS = List.of("fsn1", "nbg1");
  static final String IPV4_NET = "0.0008";

  private static final String LONG_AGO = "2023-03-01T00:00:00Z";
  private static final String SOON = "2030-01-01T00:00:00Z";
  private static final BigDecimal TAX = new BigDecimal("1.19");
  private static final int DIGITS = 10;
  private static final Map<String, Object> UNPROTECTED =
      Shape.of("delete", false, "rebuild", false);

  private Shapes() {}

  static Map<String, Object> server(Machine machine) {
    var wanted = machine.wanted;
    return Shape.of(
        "id",
        machine.id,
        "name",
        machine.name,
        "status",
        machine.status,
        "created",
        machine.created.toString(),
        "labels",
        machine.labels,
        "location",
        location(machine.location),
        "server_type",
        type(machine.offer),
        "image",
        image(machine.image),
        "public_net",
        publicNet(machine),
        "private_net",
        wanted.privateNetworks().stream().map(Shapes::attached).toList(),
        "iso",
        null,
        "rescue_enabled",
        false,
        "locked",
        machine.busy(),
        "backup_window",
        null,
        "outgoing_traffic",
        0,
        "ingoing_traffic",
        0,
        "included_traffic",
        20_000_000_000_000L,
        "primary_disk_size",
        machine.offer.disk(),
        "protection",
        UNPROTECTED,
        "placement_group",
        null,
        "load_balancers",
        List.of(),
        "volumes",
        List.of());
  }

  static Map<String, Object> action(Machine.Act act) {
    var failed = act.status.equals("error");
    return Shape.of(
        "id",
        act.id,
        "command",
        act.command,
        "status",
        act.status,
        "progress",
        act.status.equals("running") ? 0 : 100,
        "started",
        act.started.toString(),
        "finished",
        act.status.equals("running") ? null : act.started.toString(),
        "resources",
        List.of(Shape.of("id", act.server, "type", "server")),
        "error",
        failed ? Shape.of("code", act.failure, "message", "Action failed") : null);
  }

  static Map<String, Object> location(String name) {
    return Shape.of(
        "id",
        LOCATIONS.indexOf(name) + 1,
        "name",
        name,
        "description",
        name + " DC Park 1",
        "city",
        name.equals("fsn1") ? "Falkenstein" : "Nuremberg",
        "country",
        "DE",
        "latitude",
        50.47612,
        "longitude",
        12.370071,
        "network_zone",
        "eu-central");
  }

  static Map<String, Object> type(Offer offer) {
    return Shape.of(
        "id", offer.id(),
        "name", offer.name(),
        "description", offer.name(),
        "category", "Shared vCPU",
        "architecture", offer.architecture(),
        "cores", offer.cores(),
        "memory", offer.memory(),
        "disk", offer.disk(),
        "cpu_type", "shared",
        "storage_type", "local",
        "deprecated", offer.withdrawn(),
        "deprecation", withdrawal(offer),
        "locations", offer.locations().stream().map(name -> offered(offer, name)).toList(),
        "prices", prices(offer));
  }

  static List<Map<String, Object>> prices(Offer offer) {
    return offer.locations().stream().map(name -> price(name, offer.net())).toList();
  }

  static Map<String, Object> image(Picture image) {
    return Shape.of(
        "id",
        image.id(),
        "type",
        image.own() ? "snapshot" : "system",
        "status",
        "available",
        "name",
        image.own() ? null : image.name(),
        "description",
        image.own() ? "ours" : image.name(),
        "architecture",
        image.architecture(),
        "os_flavor",
        image.name().startsWith("debian") ? "debian" : "ubuntu",
        "os_version",
        image.own() ? null : image.name().replaceFirst("^[a-z]+-", ""),
        "image_size",
        image.own() ? 2.3 : null,
        "disk_size",
        5,
        "created",
        LONG_AGO,
        "created_from",
        null,
        "bound_to",
        null,
        "rapid_deploy",
        true,
        "protection",
        Shape.of("delete", false),
        "deprecated",
        image.withdrawn() ? LONG_AGO : null,
        "deleted",
        null,
        "labels",
        Map.of());
  }

  static Map<String, Object> sshKey(String name) {
    return Shape.of(
        "id",
        77,
        "name",
        name,
        "fingerprint",
        "b7:2f:30:a0:2f:6c:58:6c:21:04:58:61:ba:06:3b:2f",
        "public_key",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
        "labels",
        Map.of(),
        "created",
        LONG_AGO);
  }

  static Map<String, Object> network(long id) {
    return Shape.of(
        "id", id,
        "name", "runners",
        "ip_range", "10.0.0.0/16",
        "subnets", List.of(),
        "routes", List.of(),
        "servers", List.of(),
        "load_balancers", List.of(),
        "protection", Shape.of("delete", false),
        "labels", Map.of(),
        "created", LONG_AGO,
        "expose_routes_to_vswitch", false);
  }

  static Map<String, Object> firewall(long id) {
    return Shape.of(
        "id",
        id,
        "name",
        "closed",
        "labels",
        Map.of(),
        "created",
        LONG_AGO,
        "rules",
        List.of(),
        "applied_to",
        List.of());
  }

  static Map<String, Object> pricing() {
    var nothing = money("0.0000");
    return Shape.of(
        "currency", "EUR",
        "vat_rate", "19.000000",
        "image", Shape.of("price_per_gb_month", nothing),
        "volume", Shape.of("price_per_gb_month", nothing),
        "floating_ip", Shape.of("price_monthly", nothing),
        "floating_ips", List.of(),
        "traffic", Shape.of("price_per_tb", nothing),
        "load_balancer_types", List.of(),
        "server_backup", Shape.of("percentage", "20.0000000000"),
        "primary_ips",
            List.of(
                Shape.of("type", "ipv4", "prices", addressPrices(IPV4_NET)),
                Shape.of("type", "ipv6", "prices", addressPrices("0.0000"))),
        "server_types",
            Offer.ALL.stream()
                .map(
                    offer ->
                        Shape.of("id", offer.id(), "name", offer.name(), "prices", prices(offer)))
                .toList());
  }

  private static List<Map<String, Object>> addressPrices(String net) {
    return LOCATIONS.stream()
        .map(
            name ->
                Shape.of("location", name, "price_hourly", money(net), "price_monthly", money(net)))
        .toList();
  }

  private static Map<String, Object> price(String location, String net) {
    return Shape.of(
        "location", location,
        "price_hourly", money(net),
        "price_monthly", money(net),
        "price_per_tb_traffic", money("1.0000"),
        "included_traffic", 20_000_000_000_000L);
  }

  /** Hetzner writes ten digits without tax, and more with it. */
  private static Map<String, Object> money(String net) {
    var price = new BigDecimal(net).setScale(DIGITS, RoundingMode.UNNECESSARY);
    return Shape.of("net", price.toPlainString(), "gross", price.multiply(TAX).toPlainString());
  }

  private static Map<String, Object> offered(Offer offer, String location) {
    return Shape.of(
        "id", LOCATIONS.indexOf(location) + 1,
        "name", location,
        "deprecation", withdrawal(offer),
        "available", !offer.soldOut(),
        "recommended", !offer.soldOut());
  }

  private static @Nullable Map<String, Object> withdrawal(Offer offer) {
    return offer.withdrawn() ? Shape.of("announced", LONG_AGO, "unavailable_after", SOON) : null;
  }

  private static Map<String, Object> publicNet(Machine machine) {
    var wanted = machine.wanted;
    var ipv4 =
        Shape.of(
            "id",
            machine.id + 1_000_000,
            "ip",
            "192.0.2." + machine.id % 250,
            "blocked",
            false,
            "dns_ptr",
            "static.192.0.2.clients.example");
    var ipv6 =
        Shape.of(
            "id",
            machine.id + 2_000_000,
            "ip",
            "2001:db8::/64",
            "blocked",
            false,
            "dns_ptr",
            List.of());
    return Shape.of(
        "ipv4",
        wanted.ipv4() ? ipv4 : null,
        "ipv6",
        wanted.ipv6() ? ipv6 : null,
        "floating_ips",
        List.of(),
        "firewalls",
        wanted.guards().stream().map(id -> Shape.of("id", id, "status", "pending")).toList());
  }

  private static Map<String, Object> attached(long network) {
    return Shape.of(
        "network",
        network,
        "ip",
        "10.0.0.2",
        "alias_ips",
        List.of(),
        "mac_address",
        "86:00:ff:2a:7d:e1");
  }
}
