package dev.nimbus.adapters.forges;

import dev.nimbus.adapters.forges.forgejo.ForgejoForge;
import dev.nimbus.adapters.forges.gitea.GiteaForge;
import dev.nimbus.adapters.forges.github.GitHubForge;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeKind;
import java.time.Instant;

/** Reads bodies of webhooks that somebody kept, for trying what would be made of them. */
public final class WebhookBodies {
  private WebhookBodies() {}

  /**
   * The job a body is about, whatever happened to it, as far as the body says.
   *
   * @param at when it was queued, where the body does not say
   * @throws IllegalArgumentException or {@link NimbusException} {@code INVALID} where it is about
   *     none
   */
  public static ForgeJob job(ForgeKind kind, byte[] body, Instant at) {
    return switch (kind) {
      case GITHUB -> GitHubForge.described(body, at);
      case FORGEJO -> ForgejoForge.described(body, at);
      case GITEA -> GiteaForge.described(body, at);
      case GITLAB ->
          throw new IllegalArgumentException(
              "webhooks of gitlab do not say which tags a job asks for; describe the job instead");
    };
  }
}
