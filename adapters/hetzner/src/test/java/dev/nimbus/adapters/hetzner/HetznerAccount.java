package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.testkit.provider.hetzner.FakeHetzner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** An empty project, and an account that uses it. */
final class HetznerAccount implements AutoCloseable {
  static final ProviderName NAME = new ProviderName("hetzner");
  static final String LOCATION = "fsn1";
  static final String TYPE = "cpx22";
  static final String IMAGE = "ubuntu-24.04";
  static final Map<String, String> SECRETS = Map.of("token", FakeHetzner.TOKEN);

  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final InstantSource time = () -> now;
  private final FakeHetzner fake = FakeHetzner.start(time);

  FakeHetzner fake() {
    return fake;
  }

  Instant now() {
    return now;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  HetznerProvider open(ControllerId controller) {
    return open(controller, Map.of());
  }

  /** The account with some options set otherwise. */
  HetznerProvider open(ControllerId controller, Map<String, String> further) {
    return open(controller, further, SECRETS);
  }

  HetznerProvider open(
      ControllerId controller, Map<String, String> further, Map<String, String> secrets) {
    var options = new TreeMap<>(options());
    options.putAll(further);
    return HetznerProvider.open(account(options), secrets, controller, time);
  }

  Map<String, String> options() {
    return Map.of("locations", "fsn1, nbg1", "endpoint", fake.url().toString());
  }

  static ProviderAccount account(Map<String, String> options) {
    return new ProviderAccount(
        new OrgId("acme"),
        NAME,
        ProviderKind.HETZNER,
        ProviderAccount.options(options),
        new Sealed("key", ""),
        Instant.EPOCH,
        1);
  }

  static Cell cell() {
    return cell(TYPE, IMAGE);
  }

  static Cell cell(String type, String image) {
    return new Cell(NAME, LOCATION, type, image, Market.ON_DEMAND);
  }

  @Override
  public void close() {
    fake.close();
  }
}
