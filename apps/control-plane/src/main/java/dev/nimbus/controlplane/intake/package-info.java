/** Turns what was asked for into a stored job. */
@NullMarked
package dev.nimbus.controlplane.intake;

import org.jspecify.annotations.NullMarked;
