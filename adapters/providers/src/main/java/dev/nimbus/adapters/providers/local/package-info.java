/** Machines on the host the control plane runs on. */
@NullMarked
package dev.nimbus.adapters.providers.local;

import org.jspecify.annotations.NullMarked;
