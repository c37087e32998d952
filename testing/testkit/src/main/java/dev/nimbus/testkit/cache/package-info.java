/** What every store of blobs must do, and one that keeps them in memory. */
@NullMarked
package dev.nimbus.testkit.cache;

import org.jspecify.annotations.NullMarked;
