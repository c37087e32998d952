/** The routes of the logging pipeline: whose request it is, and what its words mean. */
@NullMarked
package dev.nimbus.logpipeline.http;

import org.jspecify.annotations.NullMarked;
