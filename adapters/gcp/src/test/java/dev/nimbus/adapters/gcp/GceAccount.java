package dev.nimbus.adapters.gcp;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.testkit.provider.gcp.FakeGce;
import dev.nimbus.testkit.provider.gcp.Google;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** An account at a Compute Engine in memory. */
final class GceAccount implements AutoCloseable {
  static final ControllerId OURS = new ControllerId("ours0001");
  static final String ZONE = "europe-west3-a";
  static final String IMAGE = "debian-cloud/family/debian-12";
  static final String USER_DATA = "#cloud-config\nruncmd: ['echo grüße']\n";

  private final FakeGce gce;

  GceAccount(Google google) {
    gce = FakeGce.listen(google);
  }

  FakeGce gce() {
    return gce;
  }

  GcpProvider open(ControllerId controller) {
    return open(controller, Map.of());
  }

  /** The account with some options set otherwise. */
  GcpProvider open(ControllerId controller, Map<String, String> further) {
    var options = new TreeMap<>(options());
    options.putAll(further);
    return GcpProvider.open(
        account(options), Map.of("key", gce.key()), controller, () -> Instant.EPOCH);
  }

  private Map<String, String> options() {
    return Map.of(
        "project",
        "acme-ci",
        "zones",
        ZONE + ", us-east1-c",
        "network",
        "default",
        "endpoint",
        gce.url().toString(),
        "resource_manager_endpoint",
        gce.url().toString());
  }

  static ProviderAccount account(Map<String, String> options) {
    return new ProviderAccount(
        new OrgId("acme"),
        new ProviderName("gcp"),
        ProviderKind.GCP,
        ProviderAccount.options(options),
        new Sealed("key", ""),
        Instant.EPOCH,
        1);
  }

  static Cell cell(Market market) {
    return cell("n2-standard-4", IMAGE, market);
  }

  static Cell cell(String type, String image, Market market) {
    return new Cell(new ProviderName("gcp"), ZONE, type, image, market);
  }

  static MachineSpec spec(String unique) {
    return spec(unique, cell(Market.ON_DEMAND));
  }

  static MachineSpec spec(String unique, Cell cell) {
    return spec(unique, cell, USER_DATA);
  }

  static MachineSpec spec(String unique, Cell cell, String userData) {
    return new MachineSpec(
        MachineName.of(OURS, unique),
        new Owner(new OrgId("acme"), new PoolName("linux")),
        cell,
        0,
        userData,
        Duration.ofHours(6));
  }

  @Override
  public void close() {
    gce.close();
  }
}
