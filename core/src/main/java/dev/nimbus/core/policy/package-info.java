/** Which forge jobs may run, decided without I/O. */
@NullMarked
package dev.nimbus.core.policy;

import org.jspecify.annotations.NullMarked;
