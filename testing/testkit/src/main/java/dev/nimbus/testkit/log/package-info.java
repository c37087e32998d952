/** A log store in memory, and the suite every log store passes. */
@NullMarked
package dev.nimbus.testkit.log;

import org.jspecify.annotations.NullMarked;
