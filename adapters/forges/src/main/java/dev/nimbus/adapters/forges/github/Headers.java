package dev.nimbus.adapters.forges.github;

import java.util.Map;

/** What every call to GitHub carries. */
final class Headers {
  private Headers() {}

  static Map<String, String> bearer(String token) {
    return Map.of(
        "Authorization", "Bearer " + token,
        "Accept", "application/vnd.github+json",
        "X-GitHub-Api-Version", "2022-11-28",
        "User-Agent", "nimbus");
  }
}
