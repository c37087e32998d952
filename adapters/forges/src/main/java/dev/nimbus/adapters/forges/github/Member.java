package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Rotation;
import java.util.Optional;

/** One credential of a connection, with what it can call. */
sealed interface Member {
  /** Calls at the owner, by this credential alone. */
  Rotation.Member api();

  /** What is remembered of the webhooks sent; empty where this credential cannot know. */
  Optional<HookLog> log();

  /**
   * An App.
   *
   * @param asApp calls with its own signature
   */
  record OfApp(
      Credential.App app,
      Rotation.Member api,
      ForgeApi asApp,
      InstallationTokens tokens,
      HookLog hook)
      implements Member {
    @Override
    public Optional<HookLog> log() {
      return Optional.of(hook);
    }
  }

  /** A token; it knows of a webhook when it is told which. */
  record OfToken(Rotation.Member api, HookLog hook) implements Member {
    @Override
    public Optional<HookLog> log() {
      return hook.path().isEmpty() ? Optional.empty() : Optional.of(hook);
    }
  }
}
