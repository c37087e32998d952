package dev.nimbus.core.storage;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The hosts that have introduced themselves. */
public interface HostStore {
  /**
   * Records what an agent says of its host, and that it was seen. A host known under another tenant
   * is refused with {@code DENIED}.
   */
  void register(Registration registration, Instant now);

  /** Notes that the host is alive; false when it must register (again). */
  boolean seen(HostId host, Instant now);

  Optional<Host> find(HostId host);

  /** The hosts a tenant may use: its own and the shared ones. */
  List<Host> list(OrgId org);

  /** Forgets hosts not seen since the instant that hold no lease. */
  List<HostId> forgetUnseen(Instant since);
}
