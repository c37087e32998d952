package dev.nimbus.core.provider;

import java.time.Instant;

/**
 * What a spot machine of a type costs at a place.
 *
 * @param microsPerHour in millionths of a US dollar
 * @param since when it has cost that, by the provider's clock
 */
public record SpotPrice(String place, String type, long microsPerHour, Instant since) {}
