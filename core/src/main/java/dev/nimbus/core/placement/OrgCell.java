package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.provider.Cell;

/** A cell as one tenant reaches it: providers are accounts of tenants. */
public record OrgCell(OrgId org, Cell cell) {}
