package dev.nimbus.adapters.gcp;

import java.net.URI;
import java.util.Set;

/** Whether something may be told a token. */
final class Address {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private Address() {}

  /** Whether it is an encrypted one of Google's, also a regional or a private one. */
  static boolean ofGoogle(String text) {
    var url = plain(text);
    return "https".equals(url.getScheme())
        && url.getPort() == -1
        && url.getHost() != null
        && url.getHost().endsWith(".googleapis.com");
  }

  /** Whether it leads no further than this machine. */
  static boolean ofThisMachine(String text) {
    var url = plain(text);
    return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        && url.getHost() != null
        && LOOPBACK.contains(url.getHost());
  }

  /** The address; one without a host where it is none, or has something nobody expects. */
  private static URI plain(String text) {
    try {
      var url = URI.create(text);
      var path = url.getRawPath() == null ? "" : url.getRawPath();
      var plain =
          url.getRawQuery() == null
              && url.getRawFragment() == null
              && url.getRawUserInfo() == null
              && (path.isEmpty() || path.matches("/[a-z0-9/_-]{0,60}"));
      return plain ? url : URI.create("");
    } catch (IllegalArgumentException _) {
      return URI.create("");
    }
  }
}
