/** Machines of pools: how they begin, and what is known of them. */
@NullMarked
package dev.nimbus.api.machine;

import org.jspecify.annotations.NullMarked;
