package dev.nimbus.testkit.provider.hetzner;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server is asked for by. Types, images and keys are said by name or by number. */
record Wanted(
    String name,
    Object serverType,
    Object image,
    @Nullable Object location,
    @Nullable Object datacenter,
    @Nullable Map<String, String> labels,
    @Nullable String userData,
    @Nullable List<Object> sshKeys,
    @Nullable List<Long> networks,
    @Nullable List<Map<String, Long>> firewalls,
    @Nullable Boolean startAfterCreate,
    @Nullable PublicNet publicNet) {
  /** Which public addresses. */
  record PublicNet(@Nullable Boolean enableIpv4, @Nullable Boolean enableIpv6) {}

  /** Where; Hetzner chooses where nothing is said. */
  String place() {
    return location == null ? "fsn1" : location.toString();
  }

  Map<String, String> tags() {
    return labels == null ? Map.of() : labels;
  }

  String data() {
    return userData == null ? "" : userData;
  }

  List<String> keys() {
    return sshKeys == null ? List.of() : sshKeys.stream().map(Object::toString).toList();
  }

  List<Long> privateNetworks() {
    return networks == null ? List.of() : networks;
  }

  List<Long> guards() {
    return firewalls == null
        ? List.of()
        : firewalls.stream().map(one -> one.getOrDefault("firewall", 0L)).toList();
  }

  boolean ipv4() {
    return publicNet == null || publicNet.enableIpv4() == null || publicNet.enableIpv4();
  }

  boolean ipv6() {
    return publicNet == null || publicNet.enableIpv6() == null || publicNet.enableIpv6();
  }
}
