/** The walls of the house that Maven cannot draw. */
@NullMarked
package dev.nimbus.e2e.boundaries;

import org.jspecify.annotations.NullMarked;
