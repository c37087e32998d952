package dev.nimbus.testkit.forge.github;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what GitHub says of Apps, people and statuses. */
final class AppShapes {
  private static final String LONG_AGO = "2025-01-01T00:00:00Z";
  private static final List<String> EVENTS = List.of("workflow_job");

  private final URI base;
  private final Shapes shapes;

  AppShapes(URI base, Shapes shapes) {
    this.base = base;
    this.shapes = shapes;
  }

  Map<String, @Nullable Object> app(int app, Map<String, String> permissions) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("id", app);
    shape.put("slug", "nimbus-" + app);
    shape.put("node_id", "A_" + app);
    shape.put("owner", shapes.account("acme"));
    shape.put("name", "Nimbus " + app);
    shape.put("description", null);
    shape.put("external_url", base.toString());
    shape.put("html_url", base + "/apps/nimbus-" + app);
    shape.put("created_at", LONG_AGO);
    shape.put("updated_at", LONG_AGO);
    shape.put("permissions", permissions);
    shape.put("events", EVENTS);
    return shape;
  }

  Map<String, @Nullable Object> installation(int app, Map<String, String> permissions) {
    var address = base + "/app/installations/" + app;
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("id", app);
    shape.put("account", shapes.account("acme"));
    shape.put("repository_selection", "all");
    shape.put("access_tokens_url", address + "/access_tokens");
    shape.put("repositories_url", base + "/installation/repositories");
    shape.put("html_url", address);
    shape.put("app_id", app);
    shape.put("target_id", 7);
    shape.put("target_type", "Organization");
    shape.put("permissions", permissions);
    shape.put("events", EVENTS);
    shape.put("created_at", LONG_AGO);
    shape.put("updated_at", LONG_AGO);
    shape.put("single_file_name", null);
    shape.put("app_slug", "nimbus-" + app);
    shape.put("suspended_by", null);
    shape.put("suspended_at", null);
    return shape;
  }

  Map<String, @Nullable Object> person() {
    var shape = shapes.account("a-person");
    for (var name : List.of("name", "company", "blog", "location", "email", "bio")) {
      shape.put(name, null);
    }
    for (var name : List.of("public_repos", "public_gists", "followers", "following")) {
      shape.put(name, 0);
    }
    for (var name : List.of("private_gists", "total_private_repos", "owned_private_repos")) {
      shape.put(name, 0);
    }
    shape.put("disk_usage", 0);
    shape.put("collaborators", 0);
    shape.put("two_factor_authentication", true);
    shape.put("hireable", null);
    shape.put("created_at", LONG_AGO);
    shape.put("updated_at", LONG_AGO);
    return shape;
  }

  Map<String, @Nullable Object> status(String sha, long id, World.Status status) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("url", base + "/statuses/" + sha);
    shape.put("avatar_url", null);
    shape.put("id", id);
    shape.put("node_id", "S_" + id);
    shape.put("state", status.state());
    shape.put("description", status.description());
    shape.put("target_url", status.targetUrl());
    shape.put("context", status.context());
    shape.put("created_at", LONG_AGO);
    shape.put("updated_at", LONG_AGO);
    shape.put("creator", shapes.account("a-person"));
    return shape;
  }

  Map<String, @Nullable Object> hook(String url) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    var address = base + "/orgs/acme/hooks/1";
    shape.put("type", "Organization");
    shape.put("id", 1);
    shape.put("name", "web");
    shape.put("active", true);
    shape.put("events", EVENTS);
    shape.put("config", hookConfig(url));
    shape.put("url", address);
    shape.put("ping_url", address + "/pings");
    shape.put("deliveries_url", address + "/deliveries");
    shape.put("created_at", LONG_AGO);
    shape.put("updated_at", LONG_AGO);
    return shape;
  }

  static Map<String, Object> hookConfig(String url) {
    return Map.of("url", url, "content_type", "json", "insecure_ssl", "0", "secret", "********");
  }
}
