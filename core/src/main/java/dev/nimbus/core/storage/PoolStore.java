package dev.nimbus.core.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.pool.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The pools tenants have declared. */
public interface PoolStore {
  /**
   * Creates the tenant's pool of this name, or changes it. Revision and time of change given are
   * ignored; a repeated call with the same content changes nothing.
   */
  Pool apply(Pool pool, Instant now);

  Optional<Pool> find(OrgId org, PoolName name);

  /** In order of name. */
  List<Pool> list(OrgId org);

  /** Every tenant's, for the loops; in order of both. */
  List<Pool> all();

  /** Forgets a pool, whose machines are then of no use; false when there is none of this name. */
  boolean remove(OrgId org, PoolName name);
}
