package dev.nimbus.core.storage;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts on forges that tenants have connected. */
public interface ConnectionStore {
  /**
   * Creates the tenant's connection of this name, or changes it, keeping the id it had. Revision
   * and time of change given are ignored; a repeated call with the same content changes nothing. An
   * id that another connection has is refused with {@code CONFLICT}.
   */
  Connection apply(Connection connection, Instant now);

  Optional<Connection> find(OrgId org, ConnectionName name);

  /** By the id in a webhook's address, which is not to be guessed and so needs no tenant. */
  Optional<Connection> find(ConnectionId id);

  /** In order of name. */
  List<Connection> list(OrgId org);

  /** Every tenant's, for the loops and for webhooks whose address names none; in order of both. */
  List<Connection> all();

  /**
   * Forgets a connection and what its forge said, and cancels the jobs of ours that wait to serve
   * it; false when there is none of this name.
   */
  boolean remove(OrgId org, ConnectionName name, Instant now);
}
