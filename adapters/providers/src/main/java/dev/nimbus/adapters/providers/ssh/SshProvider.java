package dev.nimbus.adapters.providers.ssh;

import dev.nimbus.adapters.providers.machine.KeptMachines;
import dev.nimbus.adapters.providers.machine.Place;
import dev.nimbus.adapters.providers.machine.Shell;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import java.util.LinkedHashMap;
import java.util.Map;

/** Machines that are processes on hosts one already has, reached by SSH. */
public final class SshProvider {
  private SshProvider() {}

  /**
   * Opens an account, without a call yet. Its options are {@code hosts}, {@code host_keys}, {@code
   * slots}, {@code state_dir} and {@code sudo}, its secrets {@code private_key} and {@code
   * passphrase}. {@code INVALID} names everything that is missing, unknown or wrong.
   */
  public static Provider open(
      ProviderAccount account, Map<String, String> secrets, ControllerId controller) {
    var settings = SshSettings.read(account, secrets);
    var wire = new SshWire(settings.pinned(), settings.keys());
    var shells = new LinkedHashMap<Place, Shell>();
    for (var host : settings.hosts()) {
      var place = new Place(host.name(), settings.stateDir(), settings.slots());
      shells.put(place, new SshShell(host, wire, settings.sudo()));
    }
    return new KeptMachines(controller, shells, wire::close);
  }
}
