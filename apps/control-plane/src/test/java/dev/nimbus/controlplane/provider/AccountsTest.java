package dev.nimbus.controlplane.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.controlplane.scaling.MachineGround;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts with providers: whose they may be, and to whom their secrets are told. */
final class AccountsTest {
  private static final Map<String, String> KEY = Map.of("token", "s3cret");

  @TempDir private Path folder;

  private final List<Map<String, String>> told = new ArrayList<>();
  private MachineGround ground;
  private Accounts accounts;

  @BeforeEach
  void open() {
    ground = new MachineGround(folder, new MemoryStorage());
    accounts =
        ground.accounts(
            ground.storage,
            (_, secrets, controller) -> {
              told.add(Map.copyOf(secrets));
              return ground.cloud.as(controller);
            });
  }

  @Test
  void secretsThatAreNotGivenAgainStay() {
    accounts.apply(account(ProviderKind.HETZNER, Map.of()), KEY);

    var changed =
        accounts.apply(account(ProviderKind.HETZNER, Map.of("locations", "fsn1")), Map.of());

    assertThat(accounts.secretNames(changed)).containsExactly("token");
    assertThat(told.getLast()).isEqualTo(KEY);
  }

  @Test
  void anEmptySecretTakesItAway() {
    accounts.apply(account(ProviderKind.HETZNER, Map.of()), KEY);

    accounts.apply(account(ProviderKind.HETZNER, Map.of()), Map.of("token", ""));

    assertThat(told.getLast()).isEmpty();
  }

  @Test
  void secretsAreNotToldToAnotherKindOrAddress() {
    accounts.apply(account(ProviderKind.HETZNER, Map.of()), KEY);

    accounts.apply(
        account(ProviderKind.HETZNER, Map.of("endpoint", "https://evil.example")), Map.of());
    assertThat(told.getLast()).isEmpty();
    accounts.apply(account(ProviderKind.HETZNER, Map.of()), KEY);
    accounts.apply(account(ProviderKind.AWS, Map.of()), Map.of());
    assertThat(told.getLast()).isEmpty();
  }

  @Test
  void whatIsTheInstallationsOwnIsNamed() {
    assertThat(Accounts.installations(account(ProviderKind.LOCAL, Map.of()))).isPresent();
    assertThat(Accounts.installations(account(ProviderKind.AWS, Map.of("credentials", "default"))))
        .contains("credentials: default");
    assertThat(
            Accounts.installations(
                account(ProviderKind.KUBERNETES, Map.of("credentials", "in-cluster"))))
        .isPresent();
    assertThat(
            Accounts.installations(
                account(ProviderKind.HETZNER, Map.of("endpoint", "http://127.0.0.1"))))
        .isPresent();
    assertThat(Accounts.installations(account(ProviderKind.SSH, Map.of()))).isEmpty();
  }

  @Test
  void aProgramWithoutItsDigestIsRefused() {
    var wanted = account(ProviderKind.AWS, Map.of("program_url", "https://nimbus.example/n.tgz"));

    assertThatThrownBy(() -> accounts.apply(wanted, Map.of()))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("program_sha256");
  }

  @Test
  void aCheckSaysWhereMachinesGetNimbusFrom() {
    var options =
        Map.of("program_url", "https://nimbus.example/n.tgz", "program_sha256", "0".repeat(64));
    var fetching = accounts.apply(account(ProviderKind.AWS, options), Map.of());

    assertThat(accounts.check(fetching))
        .extracting(Finding::what)
        .contains("machines fetch Nimbus from https://nimbus.example/n.tgz");
  }

  private ProviderAccount account(ProviderKind kind, Map<String, String> options) {
    return new ProviderAccount(
        MachineGround.ORG,
        new ProviderName("cloud"),
        kind,
        new TreeMap<>(options),
        new Sealed("", ""),
        ground.time.instant(),
        0);
  }
}
