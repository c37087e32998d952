/** What every storage must do, as suites to extend, and a storage in memory that does it. */
@NullMarked
package dev.nimbus.testkit.storage;

import org.jspecify.annotations.NullMarked;
