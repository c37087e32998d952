package dev.nimbus.api.machine;

import java.time.Instant;

/** A pool as it is. */
public record PoolView(String name, String org, PoolBody pool, Instant changedAt, long revision) {}
