/** Tenants: their limits and where they stand. */
@NullMarked
package dev.nimbus.core.org;

import org.jspecify.annotations.NullMarked;
