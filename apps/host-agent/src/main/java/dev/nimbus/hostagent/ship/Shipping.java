package dev.nimbus.hostagent.ship;

import java.time.InstantSource;
import java.util.function.LongConsumer;

/**
 * What all shipments share.
 *
 * @param shipped told how many more lines are stored
 */
public record Shipping(Pace pace, InstantSource time, LongConsumer shipped) {}
