package dev.nimbus.api.lease;

import dev.nimbus.core.id.HostId;
import dev.nimbus.json.Meaning;

/** A host speaking about a job it holds: starting it, or keeping it. */
public record Fenced(
    @Meaning(pattern = HostId.PATTERN) String host, @Meaning("That of its lease.") long fence) {}
