/** Deliveries of forges: whose they are, whether they are genuine, and what became of them. */
@NullMarked
package dev.nimbus.controlplane.webhook;

import org.jspecify.annotations.NullMarked;
