/** Queue, leases and agents under faults: seeded, in virtual time, on one thread. */
@NullMarked
package dev.nimbus.e2e.simulation;

import org.jspecify.annotations.NullMarked;
