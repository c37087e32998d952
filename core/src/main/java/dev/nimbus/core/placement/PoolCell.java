package dev.nimbus.core.placement;

import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Owner;

/** A cell as one pool asks for it: with its own disk, boot data and labels. */
public record PoolCell(Owner pool, Cell cell) {}
