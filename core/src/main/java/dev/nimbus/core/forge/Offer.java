package dev.nimbus.core.forge;

/**
 * A job a queue may take.
 *
 * @param id by which it is taken
 */
public record Offer(long id, ForgeJob job) {}
