/** The storage in memory against the suites. */
@NullMarked
package dev.nimbus.testkit.storage;

import org.jspecify.annotations.NullMarked;
