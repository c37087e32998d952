/** Pools: which machines may be made for which jobs, where, how many, and for how much. */
@NullMarked
package dev.nimbus.core.pool;

import org.jspecify.annotations.NullMarked;
