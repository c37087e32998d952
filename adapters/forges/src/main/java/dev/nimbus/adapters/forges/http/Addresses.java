package dev.nimbus.adapters.forges.http;

import java.net.URI;
import java.util.Set;

/** Decides where credentials may be sent. Pure. */
public final class Addresses {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private Addresses() {}

  /** Whether credentials travel there encrypted, or do not leave this machine. */
  public static boolean safe(URI url) {
    return url.getHost() != null
        && ("https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost())));
  }
}
