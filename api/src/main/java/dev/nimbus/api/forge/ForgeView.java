package dev.nimbus.api.forge;

import dev.nimbus.json.Meaning;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A connection as it is. */
public record ForgeView(
    String name,
    String org,
    @Meaning(words = {"github", "gitlab", "forgejo", "gitea"}) String kind,
    URI url,
    @Meaning("Empty for a whole instance.") String owner,
    @Meaning("The only ones; empty for all of the owner.") List<String> repositories,
    Map<String, String> options,
    @Meaning("The names of those that are set; their values never leave.") List<String> secrets,
    @Meaning("Where the forge sends its webhooks, below the address of the control plane.")
        String webhookPath,
    Instant changedAt,
    long revision) {}
