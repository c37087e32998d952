package dev.nimbus.core.forecast;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Requirements;
import java.time.Instant;

/** A job that came. */
public record Came(OrgId org, Requirements requirements, Instant at) {}
