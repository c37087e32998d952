package dev.nimbus.controlplane.provider;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import java.util.Map;

/** Makes what speaks for an account, making no call yet. */
@FunctionalInterface
public interface ProviderMaker {
  /** {@code INVALID} names every option or secret that is missing, unknown or malformed. */
  Provider make(ProviderAccount account, Map<String, String> secrets, ControllerId controller);
}
