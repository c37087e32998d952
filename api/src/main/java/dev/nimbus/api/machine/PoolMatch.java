package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;

/** Whether a pool would serve a job. */
public record PoolMatch(
    String pool,
    boolean serves,
    @Meaning("What it would be served with, or why it would not.") String why) {}
