/** Console bytes become lines, lines become batches, batches reach the logging pipeline once. */
@NullMarked
package dev.nimbus.hostagent.ship;

import org.jspecify.annotations.NullMarked;
