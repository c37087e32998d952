package dev.nimbus.api.log;

import dev.nimbus.json.Meaning;

/** Everything up to and including this line is durable. */
public record LogReceipt(
    long attempt, @Meaning("Up to this line everything is stored.") long lastSequence) {}
