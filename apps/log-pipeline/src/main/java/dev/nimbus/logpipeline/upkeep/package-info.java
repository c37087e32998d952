/** The chores of the logging pipeline. */
@NullMarked
package dev.nimbus.logpipeline.upkeep;

import org.jspecify.annotations.NullMarked;
