package dev.nimbus.cli.policy;

import dev.nimbus.core.forge.ForgeJob;

/** Reads the job that a forge's webhook announces; what is none is an illegal argument. */
@FunctionalInterface
public interface WebhookBody {
  ForgeJob read(byte[] body);
}
