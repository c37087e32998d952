/** Decisions about demand and supply: pure functions over values. */
@NullMarked
package dev.nimbus.core.placement;

import org.jspecify.annotations.NullMarked;
