package dev.nimbus.controlplane.forge;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import java.util.Map;

/** Makes what speaks with a forge. */
@FunctionalInterface
public interface ForgeMaker {
  /**
   * Speaks for a connection, making no call yet.
   *
   * @param secrets the connection's, opened
   * @throws dev.nimbus.core.error.NimbusException {@code INVALID}, naming every option or secret
   *     that is missing, unknown or malformed
   */
  Forge make(Connection connection, Map<String, String> secrets);
}
