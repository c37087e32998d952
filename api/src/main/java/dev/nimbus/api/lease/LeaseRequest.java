package dev.nimbus.api.lease;

/**
 * What a host has room for, and how long it will wait to be given something.
 *
 * @param slots how many more jobs it wants; zero only listens for cancellations
 * @param waitMs how long the answer may be held back when there is nothing to say
 */
public record LeaseRequest(
    String host, int freeMilliCpus, long freeMemoryBytes, int slots, long waitMs) {}
