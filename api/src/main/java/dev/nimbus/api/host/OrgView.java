package dev.nimbus.api.host;

/** A tenant, what it may hold and what it holds. */
public record OrgView(
    String id,
    int maxRunning,
    int maxRunningPerRepository,
    int maxWaiting,
    int waiting,
    int running) {}
