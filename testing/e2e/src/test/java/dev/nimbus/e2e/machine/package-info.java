/** Machines made for jobs, from the waiting job to the end of the machine. */
@NullMarked
package dev.nimbus.e2e.machine;

import org.jspecify.annotations.NullMarked;
