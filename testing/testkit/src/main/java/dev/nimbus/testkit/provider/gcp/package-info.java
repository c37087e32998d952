/** A Compute Engine in memory, held to Google's own description of it. */
@NullMarked
package dev.nimbus.testkit.provider.gcp;

import org.jspecify.annotations.NullMarked;
