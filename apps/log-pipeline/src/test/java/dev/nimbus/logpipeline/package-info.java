/** Tests of the logging pipeline over real HTTP. */
@NullMarked
package dev.nimbus.logpipeline;

import org.jspecify.annotations.NullMarked;
