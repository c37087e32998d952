/** Puts right what is derived from stored jobs. */
@NullMarked
package dev.nimbus.controlplane.repair;

import org.jspecify.annotations.NullMarked;
