package dev.nimbus.core.storage;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.ProviderAccount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts tenants rent machines with. */
public interface ProviderStore {
  /** The id of this installation: the one given, unless one was given before. */
  ControllerId controller(ControllerId otherwise);

  /**
   * Creates the tenant's account of this name, or changes it. Revision and time of change given are
   * ignored; a repeated call with the same content changes nothing. Another kind is refused with
   * {@code CONFLICT} while machines of it are not gone.
   */
  ProviderAccount apply(ProviderAccount account, Instant now);

  Optional<ProviderAccount> find(OrgId org, ProviderName name);

  /** In order of name. */
  List<ProviderAccount> list(OrgId org);

  /** Every tenant's, for the loops; in order of both. */
  List<ProviderAccount> all();

  /**
   * Forgets an account; false when there is none of this name. {@code CONFLICT} while machines of
   * it are not gone: nobody else could end them.
   */
  boolean remove(OrgId org, ProviderName name);
}
