/** Tells watchers that a job has changed. */
@NullMarked
package dev.nimbus.controlplane.watch;

import org.jspecify.annotations.NullMarked;
