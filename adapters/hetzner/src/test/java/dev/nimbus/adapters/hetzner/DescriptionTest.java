package dev.nimbus.adapters.hetzner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.provider.ProviderFaultContract;
import dev.nimbus.testkit.provider.ProviderFaults;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole suite once more, with every call of the provider and every answer of the fake held
 * against what Hetzner publishes.
 */
final class DescriptionTest extends ProviderFaultContract {
  /** Read once for all tests: it takes seconds. */
  private static final AtomicReference<List<Description>> READ = new AtomicReference<>(List.of());

  private static final Map<String, String> ALL =
      Map.of(
          "server_types", "cpx22, cax11",
          "images", "ubuntu-24.04, 300000001",
          "ssh_keys", "operators, 77",
          "networks", "4711",
          "firewalls", "38");

  private final HetznerAccount account = new HetznerAccount();

  @BeforeAll
  static void readDescription() {
    READ.set(List.of(Description.read()));
  }

  @AfterEach
  void everyCallIsAsDescribed() {
    account.close();
    var calls = account.fake().asked();
    assertThat(calls.stream().flatMap(call -> description().differences(call).stream())).isEmpty();
  }

  @Test
  void aCallThatIsNotAsDescribedIsNoticed() {
    var wrong =
        new Observed(
            "POST",
            "/v1/servers",
            "dry=true",
            Map.of("content-type", "application/json"),
            "{\"name\":7,\"server_type\":\"cpx22\"}",
            201,
            Map.of(),
            "{\"server\":{\"id\":\"seven\"}}");

    assertThat(description().differences(wrong)).hasSizeGreaterThan(3);
  }

  @Test
  void whatIsAskedWithEveryOptionIsAsDescribed() {
    try (var provider = account.open(OURS, ALL)) {
      var made = launched(provider.launch(spec(OURS, "options1", cell())));
      account.fake().settle();
      launched(provider.recycle(made.ref(), spec(OURS, "options3", cell())));
      provider.launch(
          spec(OURS, "options2", HetznerAccount.cell(HetznerAccount.TYPE, "300000001")));
      provider.listPrices(Set.of(HetznerAccount.TYPE));
      assertThat(provider.check()).anyMatch(Finding::fine);
    }
    assertThat(account.fake().asked()).anyMatch(call -> call.path().equals("/v1/firewalls/38"));
  }

  @Override
  protected Provider open(ControllerId controller) {
    return account.open(controller);
  }

  @Override
  protected Cell cell() {
    return HetznerAccount.cell();
  }

  @Override
  protected String userData() {
    return "#cloud-config\n";
  }

  @Override
  protected ProviderFaults faults() {
    return account.fake();
  }

  @Override
  protected void settle() {
    account.fake().settle();
  }

  private static Description description() {
    return READ.get().getFirst();
  }
}
