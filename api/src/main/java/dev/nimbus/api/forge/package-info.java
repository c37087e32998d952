/** Connections to forges, and what forges are answered. */
@NullMarked
package dev.nimbus.api.forge;

import org.jspecify.annotations.NullMarked;
