package dev.nimbus.cli.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeKind;
import java.time.Instant;

/** Reads the job that a forge's webhook is about; what is about none is an illegal argument. */
@FunctionalInterface
public interface WebhookBody {
  ForgeJob read(ForgeKind forge, byte[] body, Instant now);
}
