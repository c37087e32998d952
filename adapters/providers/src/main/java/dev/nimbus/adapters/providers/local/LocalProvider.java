package dev.nimbus.adapters.providers.local;

import dev.nimbus.adapters.providers.machine.AccountReader;
import dev.nimbus.adapters.providers.machine.KeptMachines;
import dev.nimbus.adapters.providers.machine.Place;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import java.util.Map;
import java.util.Set;

/** Machines that are processes on the host the control plane runs on. */
public final class LocalProvider {
  /** The one place there is. */
  public static final String PLACE = "local";

  private LocalProvider() {}

  /**
   * Opens an account, without a call yet. Its options are {@code slots} and {@code state_dir}; it
   * has no secrets. {@code INVALID} names everything that is unknown or wrong.
   */
  public static Provider open(
      ProviderAccount account, Map<String, String> secrets, ControllerId controller) {
    var reader = new AccountReader(account, secrets, Set.of("slots", "state_dir"), Set.of());
    var place = new Place(PLACE, reader.stateDir(), reader.slots());
    reader.finish();
    return new KeptMachines(controller, Map.of(place, new LocalShell(LocalShell.PATH)), () -> {});
  }
}
