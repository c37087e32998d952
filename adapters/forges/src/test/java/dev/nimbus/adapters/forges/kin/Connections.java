package dev.nimbus.adapters.forges.kin;

import dev.nimbus.core.forge.Connection;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Connections that differ from a fake's. */
public final class Connections {
  private Connections() {}

  /** The same with options and repositories. */
  public static Connection with(
      Connection like, Map<String, String> options, List<String> repositories) {
    return of(like, like.url(), like.owner(), repositories, options);
  }

  /** The same of everybody at a forge. */
  public static Connection ofInstance(Connection like) {
    return of(like, like.url(), "", List.of(), Map.of());
  }

  /** The same at another forge. */
  public static Connection at(Connection like, URI url) {
    return of(like, url, like.owner(), like.repositories(), like.options());
  }

  static Connection of(
      Connection like,
      URI url,
      String owner,
      List<String> repositories,
      Map<String, String> options) {
    return new Connection(
        like.org(),
        like.id(),
        like.name(),
        like.kind(),
        url,
        owner,
        repositories,
        Connection.options(options),
        like.secrets(),
        like.changedAt(),
        like.revision());
  }
}
