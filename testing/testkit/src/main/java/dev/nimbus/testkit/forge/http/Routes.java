package dev.nimbus.testkit.forge.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which call is answered by whom. */
public final class Routes {
  private final List<Route> routes = new ArrayList<>();

  /**
   * Has calls like this answered, unless an earlier one says otherwise.
   *
   * @param path a pattern whose groups the handler is given
   */
  public void add(String method, String path, Handler handler) {
    routes.add(new Route(method, Pattern.compile(path), handler));
  }

  public Optional<Answer> answer(Call call) {
    for (var route : routes) {
      var matcher = route.path().matcher(call.path());
      if (route.method().equals(call.method()) && matcher.matches()) {
        var words = new String[matcher.groupCount()];
        for (var group = 0; group < words.length; group++) {
          words[group] = matcher.group(group + 1);
        }
        return Optional.of(route.handler().answer(call, words));
      }
    }
    return Optional.empty();
  }

  @FunctionalInterface
  public interface Handler {
    Answer answer(Call call, String[] words);
  }

  private record Route(String method, Pattern path, Handler handler) {}
}
