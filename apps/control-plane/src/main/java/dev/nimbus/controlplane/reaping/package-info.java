/** Ends what ran out: leases, silent hosts, old jobs. */
@NullMarked
package dev.nimbus.controlplane.reaping;

import org.jspecify.annotations.NullMarked;
