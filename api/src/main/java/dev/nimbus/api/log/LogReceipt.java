package dev.nimbus.api.log;

/** Everything up to and including this line is durable. */
public record LogReceipt(long attempt, long lastSequence) {}
