/** Credentials of forges' runners: made when a job starts, good for one job. */
@NullMarked
package dev.nimbus.controlplane.runner;

import org.jspecify.annotations.NullMarked;
