/** Tests of the log store in memory. */
@NullMarked
package dev.nimbus.testkit.log;

import org.jspecify.annotations.NullMarked;
