package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import java.time.Instant;

/** A pool as it is. */
public record PoolView(
    String name,
    String org,
    PoolBody pool,
    @Meaning("US dollars its machines cost in this calendar month (UTC) until now.")
        double spentDollars,
    Instant changedAt,
    long revision) {}
