/** Queues of forges: who listens, and what becomes of what they say and count. */
@NullMarked
package dev.nimbus.controlplane.listen;

import org.jspecify.annotations.NullMarked;
