package dev.nimbus.core.provider;

import dev.nimbus.core.id.MachineName;

/**
 * How to find a machine at its provider.
 *
 * @param place where it is, as in its {@link Cell}
 * @param id as the provider calls it; empty while its answer was not heard, then the name must do
 */
public record InstanceRef(MachineName name, String place, String id) {
  @Override
  public String toString() {
    return id.isEmpty() ? name.value() : name + " (" + id + ")";
  }
}
