/** Machines of Microsoft Azure. */
@NullMarked
package dev.nimbus.adapters.azure;

import org.jspecify.annotations.NullMarked;
