/** What every executor must do, and one that does it in memory. */
@NullMarked
package dev.nimbus.testkit.executor;

import org.jspecify.annotations.NullMarked;
