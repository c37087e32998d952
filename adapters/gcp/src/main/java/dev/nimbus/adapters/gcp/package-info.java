/** Machines of Google Compute Engine, by Google's own client. */
@NullMarked
package dev.nimbus.adapters.gcp;

import org.jspecify.annotations.NullMarked;
