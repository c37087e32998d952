/** Hetzner Cloud, played. */
@NullMarked
package dev.nimbus.testkit.provider.hetzner;

import org.jspecify.annotations.NullMarked;
