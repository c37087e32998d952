package dev.nimbus.api.host;

/** What a tenant may hold at once. */
public record OrgLimitsBody(int maxRunning, int maxRunningPerRepository, int maxWaiting) {}
