package dev.nimbus.testkit.forge.github;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers calls about Apps, people and webhooks. */
final class AppCalls {
  private final Access access;
  private final AppShapes shapes;
  private final Post post;
  private final Supplier<Map<String, String>> granted;
  private final Consumer<Runnable> afterwards;

  /**
   * @param granted what the Apps are allowed now
   * @param afterwards what is to happen when the call was answered
   */
  AppCalls(
      Access access,
      AppShapes shapes,
      Post post,
      Supplier<Map<String, String>> granted,
      Consumer<Runnable> afterwards) {
    this.access = access;
    this.shapes = shapes;
    this.post = post;
    this.granted = granted;
    this.afterwards = afterwards;
  }

  void addTo(Routes routes) {
    routes.add("GET", "/user", "", _ -> Answer.of(200, shapes.person()));
    routes.add("GET", "/app", "app", asked -> Answer.of(200, app(asked)));
    routes.add("GET", "/orgs/{org}/installation", "app", this::byOwner);
    routes.add("GET", "/users/{user}/installation", "app", this::byOwner);
    routes.add("GET", "/app/installations/{id}", "app", this::byId);
    routes.add("POST", "/app/installations/{id}/access_tokens", "app", this::token);
    routes.add("GET", "/app/hook/config", "app", _ -> Answer.of(200, hookConfig()));
    routes.add(
        "GET", "/orgs/{org}/hooks/{id}", "", _ -> Answer.of(200, shapes.hook(post.address())));
    for (var hook : Map.of("/app/hook", "app", "/orgs/{org}/hooks/{id}", "").entrySet()) {
      var path = hook.getKey() + "/deliveries";
      routes.add("GET", path, hook.getValue(), post.log()::page);
      routes.add("POST", path + "/{delivery}/attempts", hook.getValue(), this::again);
    }
  }

  private Map<String, @Nullable Object> app(Asked asked) {
    return shapes.app(asked.caller().app(), granted.get());
  }

  private Map<String, Object> hookConfig() {
    return AppShapes.hookConfig(post.address());
  }

  private Answer byOwner(Asked asked) {
    return asked.word(0).equalsIgnoreCase("acme") && asked.path().startsWith("/orgs")
        ? Answer.of(200, shapes.installation(asked.caller().app(), granted.get()))
        : Answer.problem(404, "Not Found");
  }

  private Answer byId(Asked asked) {
    return asked.word(0).equals(Integer.toString(asked.caller().app()))
        ? Answer.of(200, shapes.installation(asked.caller().app(), granted.get()))
        : Answer.problem(404, "Not Found");
  }

  private Answer token(Asked asked) {
    var app = asked.caller().app();
    if (!asked.word(0).equals(Integer.toString(app))) {
      return Answer.problem(404, "Not Found");
    }
    var wanted = asked.body().length == 0 ? null : asked.json(Narrowing.class).permissions();
    var permissions = new TreeMap<>(wanted == null ? granted.get() : wanted);
    for (var one : permissions.entrySet()) {
      var has = granted.get().getOrDefault(one.getKey(), "");
      if (!has.equals("write") && !has.equals(one.getValue())) {
        return Answer.problem(
            422, "The permissions requested are not granted to this installation.");
      }
    }
    var token = access.token(app, permissions);
    return Answer.of(
        201,
        Map.of(
            "token",
            token.name(),
            "expires_at",
            token.until().toString(),
            "permissions",
            permissions,
            "repository_selection",
            "all"));
  }

  private Answer again(Asked asked) {
    var words = asked.path().split("/", -1);
    var entry = post.log().find(words[words.length - 2]);
    if (entry.isEmpty()) {
      return Answer.problem(404, "Not Found");
    }
    afterwards.accept(() -> post.again(entry.get().webhook()));
    return Answer.of(202, Map.of());
  }

  record Narrowing(@Nullable Map<String, String> permissions) {}
}
