/** What must outlive the agent about each job, and what a crash left behind. */
@NullMarked
package dev.nimbus.hostagent.sweep;

import org.jspecify.annotations.NullMarked;
