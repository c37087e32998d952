package dev.nimbus.adapters.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.providers.machine.Accounts;
import dev.nimbus.adapters.providers.machine.KeptMachinesContract;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocalProviderTest extends KeptMachinesContract {
  @Override
  protected Provider open(ControllerId controller) {
    var options = Map.of("slots", Integer.toString(SLOTS), "state_dir", stateDir().toString());
    return LocalProvider.open(Accounts.of(ProviderKind.LOCAL, options), Map.of(), controller);
  }

  @Override
  protected Cell cell() {
    return new Cell(new ProviderName("hosts"), "local", "slot", "", Market.ON_DEMAND);
  }

  @Test
  void aMachineSeesNothingOfTheControlPlanesEnvironment() throws IOException {
    var told = pipe("told");

    provider().launch(running("env >%s\n%s".formatted(told, userData()), "blank001"));

    assertThat(Files.readString(told).lines().map(line -> line.replaceAll("=.*", "")))
        .contains("NIMBUS_MACHINE", "HOME", "PATH")
        .isSubsetOf(
            "NIMBUS_MACHINE",
            "NIMBUS_MACHINE_HOME",
            "HOME",
            "PATH",
            "LC_ALL",
            "PWD",
            "OLDPWD",
            "_",
            "SHLVL");
  }

  @Test
  void everythingThatIsWrongWithAnAccountIsSaidAtOnce() {
    var account =
        Accounts.of(
            ProviderKind.LOCAL,
            Map.of("slots", "0", "state_dir", "relative/../x", "colour", "blue"));

    assertThatThrownBy(() -> LocalProvider.open(account, Map.of("token", "t"), OURS))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContainingAll("'colour'", "'token'", "'slots'", "'state_dir'");
  }
}
