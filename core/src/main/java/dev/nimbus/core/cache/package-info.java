/** Named bytes that outlive a job, and the port that keeps them. */
@NullMarked
package dev.nimbus.core.cache;

import org.jspecify.annotations.NullMarked;
