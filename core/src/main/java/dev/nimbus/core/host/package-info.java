/** Machines that run jobs, and what they can do. */
@NullMarked
package dev.nimbus.core.host;

import org.jspecify.annotations.NullMarked;
