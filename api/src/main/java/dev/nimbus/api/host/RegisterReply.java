package dev.nimbus.api.host;

import dev.nimbus.json.Meaning;
import java.util.List;

/** What the control plane makes of a registration. */
public record RegisterReply(
    String org,
    long leaseTtlMs,
    @Meaning("Those of the sandboxes it holds that are no longer its own and must be destroyed.")
        List<String> drop) {}
