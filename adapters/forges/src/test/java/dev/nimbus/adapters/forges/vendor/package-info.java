/** Holds clients and fakes against what vendors publish. */
@NullMarked
package dev.nimbus.adapters.forges.vendor;

import org.jspecify.annotations.NullMarked;
