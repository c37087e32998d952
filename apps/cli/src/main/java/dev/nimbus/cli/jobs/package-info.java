/** Looking at jobs and their logs, and changing their course. */
@NullMarked
package dev.nimbus.cli.jobs;

import org.jspecify.annotations.NullMarked;
