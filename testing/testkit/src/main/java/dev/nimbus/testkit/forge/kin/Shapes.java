package dev.nimbus.testkit.forge.kin;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** What both write alike. */
final class Shapes {
  private final URI url;

  Shapes(URI url) {
    this.url = url;
  }

  String page(Repo repo) {
    return url + "/" + repo.fullName();
  }

  String api(Repo repo) {
    return url + "/api/v1/repos/" + repo.fullName();
  }

  Map<String, Object> user(String login) {
    return Map.of(
        "id",
        Math.floorMod(login.hashCode(), 1_000_000),
        "login",
        login,
        "full_name",
        "",
        "email",
        login + "@example.com",
        "html_url",
        url + "/" + login);
  }

  Map<String, Object> repository(Repo repo) {
    var shape = new TreeMap<String, Object>();
    shape.put("id", repo.id());
    shape.put("name", repo.name());
    shape.put("full_name", repo.fullName());
    shape.put("owner", user(repo.owner()));
    shape.put("html_url", page(repo));
    shape.put("url", api(repo));
    shape.put("default_branch", "main");
    shape.put("private", false);
    return shape;
  }
}
