package dev.nimbus.adapters.forges;

import dev.nimbus.adapters.forges.forgejo.ForgejoForge;
import dev.nimbus.adapters.forges.gitea.GiteaForge;
import dev.nimbus.adapters.forges.github.GitHubForge;
import dev.nimbus.adapters.forges.gitlab.GitLabForge;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Pause;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens what speaks with a forge, of whichever kind. All share one HTTP client. Thread-safe. */
public final class ForgeClients implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final InstantSource time;
  private final Pause pause;
  private @Nullable HttpClient client;

  public ForgeClients(InstantSource time, Pause pause) {
    this.time = time;
    this.pause = pause;
  }

  /**
   * Speaks for a connection, making no call yet; {@code INVALID} names every option or secret that
   * is missing, unknown or malformed.
   *
   * @param secrets the connection's, opened
   */
  public Forge open(Connection connection, Map<String, String> secrets) {
    return switch (connection.kind()) {
      case GITHUB -> GitHubForge.open(connection, secrets, client(), time, pause);
      case FORGEJO -> ForgejoForge.open(connection, secrets, client(), time, pause);
      case GITEA -> GiteaForge.open(connection, secrets, client(), time, pause);
      case GITLAB -> GitLabForge.open(connection, secrets, client(), time, pause);
    };
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }

  /** Made when first needed: an installation without forges has none. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .build();
    }
    return client;
  }
}
