package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.github.SetWorld.Set;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The place GitHub names when a caller registers: which call about scale sets is answered by what,
 * and who may make it. Answers begin with a byte order mark, as they may there.
 */
final class Tenant {
  static final String SETS = "/_apis/runtime/runnerscalesets";

  /** One set, whose id is the first group. */
  static final String SET = SETS + "/(\\d+)";

  private final SetWorld sets;
  private final Admins admins;
  private final List<Route> routes = new ArrayList<>();
  private final List<Consumer<Observed>> observers = new CopyOnWriteArrayList<>();

  Tenant(SetWorld sets, Admins admins) {
    this.sets = sets;
    this.admins = admins;
  }

  /**
   * Adds a call for those who registered.
   *
   * @param path a pattern whose groups are the words of the call
   */
  void forAdmins(String method, String path, ScopeHandler handler) {
    add(method, path, call -> admitted(call, handler));
  }

  /** Adds a call for those who registered, about a set of theirs. */
  void forSet(String method, String path, SetHandler handler) {
    forAdmins(
        method,
        path,
        (call, scope) ->
            sets.find(scope, call.word(1))
                .map(set -> handler.answer(call, set))
                .orElseGet(Tenant::noSet));
  }

  /** Adds a call for whoever listens; the handler says who does. */
  void forListeners(String method, String path, Handler handler) {
    add(method, path, handler);
  }

  /** Tells every call and its answer, on the thread that answers. */
  void observe(Consumer<Observed> observer) {
    observers.add(observer);
  }

  Answer answer(Server.Call call) {
    var answer = known(call);
    var observed =
        new Observed(
            call.method(),
            call.path(),
            call.query(),
            call.headers(),
            new String(call.body(), StandardCharsets.UTF_8),
            answer.status(),
            answer.headers(),
            new String(Server.bytes(answer.body()), StandardCharsets.UTF_8));
    observers.forEach(observer -> observer.accept(observed));
    return answer;
  }

  static Answer problem(int status, String type, String message) {
    var name = "GitHub.Actions.Runtime.WebApi." + type + ", GitHub.Actions.Runtime.WebApi";
    return Answer.of(status, Map.of("typeName", name, "message", message, "errorCode", 0));
  }

  static Answer noSet() {
    return problem(404, "RunnerScaleSetNotFoundException", "No runner scale set found");
  }

  static Answer badToken() {
    return problem(401, "InvalidTokenException", "The token is not valid");
  }

  private void add(String method, String path, Handler handler) {
    routes.add(new Route(method, Pattern.compile(path), handler));
  }

  private Answer known(Server.Call call) {
    sets.lock().lock();
    try {
      for (var route : routes) {
        var match = route.path().matcher(call.path());
        if (route.method().equals(call.method()) && match.matches()) {
          return marked(route.handler().answer(new Tenanted(call, match.toMatchResult())));
        }
      }
      return Answer.of(404, "404 page not found");
    } catch (RuntimeException e) {
      return problem(400, "BadRequestException", "Cannot read the call: " + e.getMessage());
    } finally {
      sets.lock().unlock();
    }
  }

  private Answer admitted(Tenanted call, ScopeHandler handler) {
    if (!call.call().query().contains("api-version=6.0-preview")) {
      return problem(400, "VssVersionNotSpecifiedException", "No api-version was supplied");
    }
    return admins
        .scope(call.bearer())
        .map(scope -> handler.answer(call, scope))
        .orElseGet(Tenant::badToken);
  }

  private static Answer marked(Answer answer) {
    var body = Server.bytes(answer.body());
    if (body.length == 0 || answer.body() instanceof String) {
      return answer;
    }
    var marked = new byte[body.length + 3];
    System.arraycopy(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, 0, marked, 0, 3);
    System.arraycopy(body, 0, marked, 3, body.length);
    return new Answer(answer.status(), marked, answer.headers());
  }

  /** Answers one call; called under the fake's lock, as the other handlers are. */
  @FunctionalInterface
  interface Handler {
    Answer answer(Tenanted call);
  }

  @FunctionalInterface
  interface ScopeHandler {
    Answer answer(Tenanted call, String scope);
  }

  @FunctionalInterface
  interface SetHandler {
    Answer answer(Tenanted call, Set set);
  }

  private record Route(String method, Pattern path, Handler handler) {}
}
