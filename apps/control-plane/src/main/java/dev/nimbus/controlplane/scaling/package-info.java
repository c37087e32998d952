/** Measures what waits and why: the demand that capacity is planned for. */
@NullMarked
package dev.nimbus.controlplane.scaling;

import org.jspecify.annotations.NullMarked;
