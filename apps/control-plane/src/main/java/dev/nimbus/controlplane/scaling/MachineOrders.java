package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.boot.BootFacts;
import dev.nimbus.controlplane.boot.BootScript;
import dev.nimbus.controlplane.boot.Tickets;
import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.placement.Action;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.core.storage.MachineStore.Reserving;
import dev.nimbus.service.secret.Vault;
import dev.nimbus.service.time.Ids;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** Records that machines are meant to be, with everything their providers will be asked for. */
public final class MachineOrders {
  /** Where only what was started is ours, not the machine it runs on. */
  private static final Set<ProviderKind> PARTS =
      EnumSet.of(ProviderKind.LOCAL, ProviderKind.SSH, ProviderKind.KUBERNETES);

  /** Where a machine is told that it is taken back. */
  private static final Set<ProviderKind> TELLING =
      EnumSet.of(ProviderKind.AWS, ProviderKind.GCP, ProviderKind.AZURE);

  private final MachineStore machines;
  private final Accounts accounts;
  private final Vault vault;
  private final Supplier<URI> address;
  private final Ids ids;
  private final InstantSource time;

  /**
   * For machines that reach the control plane at an address.
   *
   * @param address asked for each machine
   */
  public MachineOrders(
      MachineStore machines,
      Accounts accounts,
      Vault vault,
      Supplier<URI> address,
      Ids ids,
      InstantSource time) {
    this.machines = machines;
    this.accounts = accounts;
    this.vault = vault;
    this.address = address;
    this.ids = ids;
    this.time = time;
  }

  /** A name no machine of ours ever had. */
  MachineName fresh() {
    return MachineName.of(accounts.controller(), ids.next("m").substring("m-".length()));
  }

  /** Records one machine of those to be made, if the caps of its pool leave room for it. */
  Reserving reserve(MachineName name, Action.Make make, Pool pool, ProviderAccount account) {
    var ticket = Tickets.fresh(ids);
    var spec =
        new MachineSpec(
            name,
            make.owner(),
            make.cell(),
            make.offering().diskGib(),
            userData(name, ticket, make, pool, account),
            pool.maxLife());
    var sealed = vault.seal(place(name), spec.userData().getBytes(StandardCharsets.UTF_8));
    var wanted =
        new NewMachine(
            spec,
            sealed,
            Tickets.digest(ticket),
            make.offering().size(),
            make.microsPerHour(),
            accounts.provider(account).billing(make.cell().type()),
            make.warm(),
            make.reason());
    return machines.reserve(wanted, time.instant());
  }

  private String userData(
      MachineName name, String ticket, Action.Make make, Pool pool, ProviderAccount account) {
    var facts =
        new BootFacts(
            name,
            address.get(),
            ticket,
            pool.maxLife(),
            Accounts.program(account),
            !PARTS.contains(account.kind()),
            TELLING.contains(account.kind()) ? account.kind().word() : "");
    var form = accounts.provider(account).bootFormat();
    return BootScript.of(facts, make.offering().os(), form);
  }

  /** What the user data of a machine is sealed for. */
  static String place(MachineName name) {
    return "machine " + name;
  }
}
