/** Followers of a job's log, woken when there is more. */
@NullMarked
package dev.nimbus.logpipeline.follow;

import org.jspecify.annotations.NullMarked;
