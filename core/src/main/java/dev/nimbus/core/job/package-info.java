/** A job: what was asked for, where it stands, and how it ended. */
@NullMarked
package dev.nimbus.core.job;

import org.jspecify.annotations.NullMarked;
