package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.core.forge.ForgeJobKey;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes into a runner's description which job it is for. It takes no other, so that Forgejo's word
 * on the job says whether the runner is busy; its word on the runner goes stale in seconds.
 */
final class Pairing {
  private static final Pattern WRITTEN = Pattern.compile("nimbus job (\\d{1,18})#(\\d{1,9})");

  private Pairing() {}

  static String write(ForgeJobKey job) {
    return "nimbus job " + job;
  }

  static Optional<ForgeJobKey> read(String description) {
    var written = WRITTEN.matcher(description);
    return written.matches() && !written.group(2).matches("0+")
        ? Optional.of(new ForgeJobKey(written.group(1), Integer.parseInt(written.group(2))))
        : Optional.empty();
  }
}
