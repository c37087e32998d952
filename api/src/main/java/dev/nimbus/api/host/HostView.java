package dev.nimbus.api.host;

import java.time.Instant;
import java.util.List;

/** A host as people see it. */
public record HostView(
    String id,
    String org,
    boolean shared,
    boolean alive,
    List<String> labels,
    double cpus,
    double cpusUsed,
    long memoryBytes,
    long memoryUsedBytes,
    int slots,
    int leases,
    List<String> reductions,
    String version,
    Instant registeredAt,
    Instant seenAt) {}
