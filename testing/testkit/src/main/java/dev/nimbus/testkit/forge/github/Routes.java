package dev.nimbus.testkit.forge.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which call is answered by what, and what a token must allow for it. */
final class Routes {
  private final List<Route> routes = new ArrayList<>();

  /**
   * Adds a call.
   *
   * @param path with {@code {name}} for one segment
   * @param permission such as {@code actions:read}; {@code app} for an App's own signature, and
   *     empty for anybody who is known
   */
  void add(String method, String path, String permission, Handler handler) {
    var pattern = Pattern.compile(path.replaceAll("\\{\\w+}", "([^/]+)"));
    routes.add(new Route(method, pattern, permission, handler));
  }

  Optional<Found> find(String method, String path) {
    for (var route : routes) {
      var match = route.pattern().matcher(path);
      if (route.method().equals(method) && match.matches()) {
        return Optional.of(new Found(route, words(match.toMatchResult())));
      }
    }
    return Optional.empty();
  }

  private static String[] words(MatchResult match) {
    var words = new String[match.groupCount()];
    for (var index = 0; index < words.length; index++) {
      words[index] = match.group(index + 1);
    }
    return words;
  }

  /** Answers one call; called under the fake's lock. */
  @FunctionalInterface
  interface Handler {
    Answer answer(Asked asked);
  }

  record Route(String method, Pattern pattern, String permission, Handler handler) {
    /** Whether this caller may, by the permissions its credential has. */
    boolean open(Access.Caller caller, Map<String, String> granted) {
      if (permission.isEmpty() || permission.equals("app")) {
        return permission.isEmpty() || caller.signed();
      }
      var words = permission.split(":", 2);
      var has = granted.getOrDefault(words[0], "");
      return !caller.signed()
          && caller.may(words[0], words[1])
          && (has.equals("write") || has.equals(words[1]));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Read once; never compared.
  record Found(Route route, String[] words) {}
}
