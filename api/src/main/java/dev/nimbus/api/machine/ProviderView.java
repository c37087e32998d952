package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An account with a provider of machines as it is. */
public record ProviderView(
    String name,
    String org,
    @Meaning(words = {"local", "ssh", "hetzner", "aws", "gcp", "azure", "kubernetes"}) String kind,
    Map<String, String> options,
    @Meaning("The names of those that are set; their values never leave.") List<String> secrets,
    Instant changedAt,
    long revision) {}
