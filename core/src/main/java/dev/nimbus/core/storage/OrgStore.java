package dev.nimbus.core.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.org.OrgStanding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tenants. One exists from its first mention on, with generous limits until others are set. */
public interface OrgStore {
  void limit(OrgId org, OrgLimits limits);

  Optional<OrgStanding> find(OrgId org);

  List<OrgStanding> list();

  /**
   * Lets no tenant have used up its rate for longer than until an instant, as after a rate of a
   * longer interval; returns for how many that was so.
   */
  int usedAtMost(Instant until);
}
