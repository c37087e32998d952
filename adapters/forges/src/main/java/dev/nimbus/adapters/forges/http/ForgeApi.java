package dev.nimbus.adapters.forges.http;

/** A forge's API as one credential may use it. Blocks; thread-safe. */
public interface ForgeApi {
  /**
   * Makes a call, waiting for the budget as long as its purpose allows.
   *
   * @throws dev.nimbus.core.error.NimbusException {@code UNAVAILABLE} when the forge cannot be
   *     reached or asks to be left alone for longer; its answer, whatever the status, is returned
   */
  Reply send(Call call);
}
