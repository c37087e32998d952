/** Months of machines and jobs in virtual time, by the real planner and the real forecast. */
@NullMarked
package dev.nimbus.bench.capacity;

import org.jspecify.annotations.NullMarked;
