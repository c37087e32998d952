/** The port through which a host runs a job in a sandbox, and the values that cross it. */
@NullMarked
package dev.nimbus.core.executor;

import org.jspecify.annotations.NullMarked;
