/** The control plane: jobs in, leases out. */
@NullMarked
package dev.nimbus.controlplane;

import org.jspecify.annotations.NullMarked;
