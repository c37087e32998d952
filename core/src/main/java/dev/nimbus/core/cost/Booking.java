package dev.nimbus.core.cost;

import java.time.LocalDate;

/**
 * What a machine cost on one day (UTC).
 *
 * @param first whether the machine was asked for on that day
 * @param millis of it that were paid for
 */
public record Booking(LocalDate day, boolean first, Split micros, long millis) {}
