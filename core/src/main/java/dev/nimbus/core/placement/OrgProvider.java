package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;

/** A tenant's account with a provider. */
public record OrgProvider(OrgId org, ProviderName provider) {}
