package dev.nimbus.core.machine;

import java.time.Instant;
import java.util.Optional;

/**
 * When a machine came to each point of its life; empty where it did not (yet).
 *
 * @param launched its provider's answer was recorded
 * @param redeemed it asked for what it needs
 * @param ready its agent registered
 */
public record Moments(
    Instant asked,
    Optional<Instant> launched,
    Optional<Instant> redeemed,
    Optional<Instant> ready,
    Optional<Instant> ending,
    Optional<Instant> gone) {}
