package dev.nimbus.api.lease;

import java.time.Instant;

/** A fresh job token, good for the log of a job the host holds or held. */
public record TokenReply(String jobToken, Instant expiresAt) {}
