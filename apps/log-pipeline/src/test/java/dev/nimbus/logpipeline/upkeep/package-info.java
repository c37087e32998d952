/** Tests of the pipeline's chores. */
@NullMarked
package dev.nimbus.logpipeline.upkeep;

import org.jspecify.annotations.NullMarked;
