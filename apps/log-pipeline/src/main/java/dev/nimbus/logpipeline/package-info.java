/** The logging pipeline: takes lines from agents, keeps them, and answers whoever may read them. */
@NullMarked
package dev.nimbus.logpipeline;

import org.jspecify.annotations.NullMarked;
