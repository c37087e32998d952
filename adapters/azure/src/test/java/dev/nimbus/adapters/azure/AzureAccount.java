package dev.nimbus.adapters.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
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
import dev.nimbus.testkit.provider.azure.FakeArm;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** An account with an Azure in memory. */
final class AzureAccount implements AutoCloseable {
  static final ControllerId OURS = new ControllerId("ours0001");
  static final String USER_DATA = "#cloud-config\nruncmd: ['echo grüße']\n";

  /** Long enough to hear an answer, and short where there is none. */
  private static final Patience LITTLE = new Patience(Duration.ofMillis(20), 3);

  private final FakeArm arm = FakeArm.listen();

  FakeArm arm() {
    return arm;
  }

  AzureProvider open(ControllerId controller) {
    return open(controller, Map.of());
  }

  /** The account with some options set otherwise; an empty one is not set. */
  AzureProvider open(ControllerId controller, Map<String, String> further) {
    var options = options();
    options.putAll(further);
    options.values().removeIf(String::isEmpty);
    var http =
        new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(FakeArm.trust())).build();
    return new AzureProvider(
        SettingsReader.read(account(options), secrets()),
        controller,
        new AzureProvider.Outside(http, LITTLE, () -> Instant.EPOCH));
  }

  Map<String, String> secrets() {
    return Map.of("client_secret", FakeArm.SECRET);
  }

  Map<String, String> options() {
    return new TreeMap<>(
        Map.of(
            "tenant_id",
            FakeArm.TENANT,
            "client_id",
            FakeArm.CLIENT,
            "subscription_id",
            FakeArm.subscription(),
            "resource_group",
            FakeArm.group(),
            "subnets",
            "westeurope=" + FakeArm.subnet(),
            "endpoint",
            arm.url()));
  }

  static ProviderAccount account(Map<String, String> options) {
    return new ProviderAccount(
        new OrgId("acme"),
        new ProviderName("azure"),
        ProviderKind.AZURE,
        ProviderAccount.options(options),
        new Sealed("key", ""),
        Instant.EPOCH,
        1);
  }

  static Cell cell(Market market) {
    return cell("westeurope-1", "Standard_D4s_v5", FakeArm.image(), market);
  }

  static Cell cell(String place, String type, String image, Market market) {
    return new Cell(new ProviderName("azure"), place, type, image, market);
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
    arm.close();
  }
}
