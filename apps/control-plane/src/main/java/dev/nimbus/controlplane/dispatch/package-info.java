/** Gives waiting jobs to hosts that ask, and keeps their leases. */
@NullMarked
package dev.nimbus.controlplane.dispatch;

import org.jspecify.annotations.NullMarked;
