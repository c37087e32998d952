package dev.nimbus.adapters.forges.github;

import java.net.URI;
import java.util.Locale;

/** Where the API of a GitHub is that people find at an address. Pure. */
final class ApiBase {
  private ApiBase() {}

  static URI of(URI url) {
    var host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("github.com") || host.equals("www.github.com")) {
      return URI.create("https://api.github.com");
    }
    if (host.endsWith(".ghe.com")) {
      return URI.create("https://api." + host);
    }
    return URI.create(url.getScheme() + "://" + url.getAuthority() + "/api/v3");
  }
}
