/** What this machine offers, what it lacks, and what to do about it. */
@NullMarked
package dev.nimbus.cli.doctor;

import org.jspecify.annotations.NullMarked;
