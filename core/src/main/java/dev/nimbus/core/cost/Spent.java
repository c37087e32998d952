package dev.nimbus.core.cost;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;

/**
 * What a tenant's machines at a provider cost since records began, in millionths of a US dollar.
 */
public record Spent(OrgId org, ProviderName provider, long micros) {}
