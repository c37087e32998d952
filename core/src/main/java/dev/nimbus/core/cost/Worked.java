package dev.nimbus.core.cost;

import java.time.Instant;
import java.util.Optional;

/**
 * The time a machine held its one job.
 *
 * @param from it was granted
 * @param until its host said that it was over; empty while it runs, and where it was cut off
 */
public record Worked(Instant from, Optional<Instant> until) {}
