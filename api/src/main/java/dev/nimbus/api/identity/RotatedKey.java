package dev.nimbus.api.identity;

/** The key that signs from now on. */
public record RotatedKey(String keyId) {}
