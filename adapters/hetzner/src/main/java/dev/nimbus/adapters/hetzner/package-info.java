/** Machines of Hetzner Cloud, by its documented interface. */
@NullMarked
package dev.nimbus.adapters.hetzner;

import org.jspecify.annotations.NullMarked;
