package dev.nimbus.testkit.forge.github;

import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.github.SetWorld.Message;
import dev.nimbus.testkit.forge.github.SetWorld.Session;
import dev.nimbus.testkit.forge.github.SetWorld.Set;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls about scale sets, at the place GitHub names when a caller registers. Answers begin
 * with a byte order mark, as they may there.
 */
final class SetCalls {
  private static final Duration ADMIN_LIFE = Duration.ofMinutes(15);
  private static final Duration QUEUE_LIFE = Duration.ofHours(1);
  private static final String SETS = "/_apis/runtime/runnerscalesets";
  private static final String SET = SETS + "/(\\d+)";
  private static final String AGENTS = "/_apis/distributedtask/pools/0/agents";

  private final SetWorld sets;
  private final URI url;
  private final Map<String, Admin> admins = new HashMap<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<Consumer<Observed>> observers = new CopyOnWriteArrayList<>();
  private Mishap mishap = Mishap.NONE;

  SetCalls(SetWorld sets, URI url) {
    this.sets = sets;
    this.url = url;
    route("GET", SETS, this::list);
    route("POST", SETS, this::make);
    route("GET", SET, call -> inSet(call, set -> ok(shape(set))));
    route("PATCH", SET, call -> inSet(call, set -> ok(shape(set))));
    route("DELETE", SET, call -> inSet(call, this::remove));
    route("POST", SET + "/sessions", call -> inSet(call, set -> open(call, set)));
    route("PATCH", SET + "/sessions/([^/]+)", call -> inSession(call, this::renew));
    route("DELETE", SET + "/sessions/([^/]+)", call -> inSession(call, (set, _) -> end(set)));
    route("POST", SET + "/acquirejobs", call -> inSet(call, set -> acquire(call, set)));
    route("POST", SET + "/generatejitconfig", call -> inSet(call, set -> mint(call, set)));
    route("GET", "/_apis/runtime/runnergroups/", this::groups);
    route("GET", AGENTS, this::agents);
    route("GET", AGENTS + "/(\\d+)", this::agent);
    route("DELETE", AGENTS + "/(\\d+)", this::removeAgent);
    route("GET", "/queue/(\\d+)", call -> inQueue(call, (set, one) -> poll(call, set, one)));
    route("DELETE", "/queue/(\\d+)/(\\d+)", call -> inQueue(call, (set, _) -> forget(call, set)));
  }

  /** Adds the call a caller registers with. */
  void addTo(Routes github) {
    github.add("POST", "/actions/runner-registration", "", this::register);
  }

  void observe(Consumer<Observed> observer) {
    observers.add(observer);
  }

  void suffer(Mishap next) {
    mishap = next;
  }

  void expireAdmins() {
    admins.clear();
  }

  /** What goes wrong at the next acknowledgement or question, once. */
  enum Mishap {
    NONE,
    /** Forgets the message, and its answer is lost. */
    LOSES_ANSWER,
    /** Forgets nothing, and says that it failed. */
    LOSES_ACKNOWLEDGEMENT,
    /** Answers that all is well, and nothing else. */
    SAYS_NOTHING
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

  private Answer known(Server.Call call) {
    sets.lock().lock();
    try {
      for (var route : routes) {
        var match = route.path().matcher(call.path());
        if (route.method().equals(call.method()) && match.matches()) {
          return marked(admitted(new Tenanted(call, match.toMatchResult()), route));
        }
      }
      return Answer.of(404, "404 page not found");
    } catch (RuntimeException e) {
      return problem(400, "BadRequestException", "Cannot read the call: " + e.getMessage());
    } finally {
      sets.lock().unlock();
    }
  }

  private Answer admitted(Tenanted call, Route route) {
    if (call.path().startsWith("/queue/") || call.path().endsWith("/acquirejobs")) {
      return route.handler().answer(call); // Those are for whoever listens.
    }
    if (!call.call().query().contains("api-version=6.0-preview")) {
      return problem(400, "VssVersionNotSpecifiedException", "No api-version was supplied");
    }
    return admin(call).isEmpty()
        ? problem(401, "InvalidTokenException", "The token is not valid")
        : route.handler().answer(call);
  }

  private Answer register(Asked asked) {
    var wanted = asked.json(Registering.class);
    if (!asked.caller().name().equals("registration") || !"register".equals(wanted.runnerEvent())) {
      return Answer.problem(404, "Not Found");
    }
    var path = URI.create(String.valueOf(wanted.url())).getPath();
    var scope = path.indexOf('/', 1) < 0 ? "/orgs" + path : "/repos" + path;
    var until = sets.now().plus(ADMIN_LIFE);
    var token = jwt(until, sets.fresh("admin"));
    admins.put(token, new Admin(scope, until));
    return Answer.of(200, Map.of("url", url + Server.TENANT + "/", "token", token));
  }

  private static String jwt(Instant until, String id) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    var claims = Map.of("exp", until.getEpochSecond(), "jti", id);
    return base64.encodeToString(Json.write(Map.of("alg", "RS256", "typ", "JWT")))
        + "."
        + base64.encodeToString(Json.write(claims))
        + "."
        + base64.encodeToString("signature".getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Admin> admin(Tenanted call) {
    return Optional.ofNullable(admins.get(call.bearer()))
        .filter(admin -> admin.until().isAfter(sets.now()));
  }

  private String scope(Tenanted call) {
    return admin(call).orElseThrow().scope();
  }

  private Answer list(Tenanted call) {
    var found =
        sets.all().stream()
            .filter(set -> set.scope.equals(scope(call)))
            .filter(set -> set.name.equals(call.parameter("name")))
            .filter(set -> Long.toString(set.group).equals(call.parameter("runnerGroupId")))
            .map(this::shape)
            .toList();
    return ok(Map.of("count", found.size(), "value", found));
  }

  private Answer make(Tenanted call) {
    var wanted = call.json(NewSet.class);
    var name = wanted.name() == null ? "" : wanted.name();
    var group = wanted.runnerGroupId() == null ? 0 : wanted.runnerGroupId();
    var labels =
        wanted.labels() == null
            ? List.<String>of()
            : wanted.labels().stream().map(label -> String.valueOf(label.name())).toList();
    if (name.isEmpty() || labels.isEmpty() || !sets.world().groups().containsKey(group)) {
      return problem(400, "RunnerScaleSetInvalidException", "It lacks a name, label or group");
    }
    if (sets.all().stream().anyMatch(set -> taken(set, call, name, group))) {
      return problem(409, "RunnerScaleSetExistsException", "Runner scale set already exists.");
    }
    return ok(shape(sets.make(scope(call), name, group, labels)));
  }

  private boolean taken(Set set, Tenanted call, String name, long group) {
    return set.scope.equals(scope(call)) && set.name.equals(name) && set.group == group;
  }

  private Answer remove(Set set) {
    sets.remove(set);
    return Answer.empty(204);
  }

  private Answer open(Tenanted call, Set set) {
    var owner = String.valueOf(call.json(NewSession.class).ownerName());
    if (set.session != null) {
      return problem(
          409,
          "RunnerScaleSetSessionConflictException",
          "The runner scale set %s already has an active session for owner %s."
              .formatted(set.name, set.session.owner));
    }
    var id = UUID.nameUUIDFromBytes(sets.fresh("session").getBytes(StandardCharsets.UTF_8));
    set.session = new Session(id.toString(), owner, sets.fresh("queue"), queueEnd());
    set.offered.clear();
    return ok(shape(set, set.session));
  }

  private Instant queueEnd() {
    return sets.now().plus(QUEUE_LIFE);
  }

  private Answer renew(Set set, Session session) {
    session.token = sets.fresh("queue");
    session.until = queueEnd();
    return ok(shape(set, session));
  }

  private Answer end(Set set) {
    sets.endSession(set);
    return Answer.empty(204);
  }

  private Answer acquire(Tenanted call, Set set) {
    if (!sets.offers()) {
      return Answer.of(404, "404 page not found");
    }
    if (listener(call, set).isEmpty()) {
      return problem(401, "InvalidTokenException", "The token is not valid");
    }
    var taken = sets.acquire(set, List.of(call.json(Long[].class)));
    return ok(Map.of("count", taken.size(), "value", taken));
  }

  private Answer mint(Tenanted call, Set set) {
    var name = String.valueOf(call.json(NewRunner.class).name());
    if (sets.world().runners().stream().anyMatch(runner -> runner.name.equals(name))) {
      return problem(409, "AgentExistsException", "Runner " + name + " already exists.");
    }
    var runner = sets.world().addRunner(set.scope, name, set.group, set.id);
    var config = new JitConfig(runner.id, runner.key).encoded();
    return ok(Map.of("runner", shape(runner), "encodedJITConfig", config));
  }

  private Answer groups(Tenanted call) {
    var found =
        sets.world().groups().entrySet().stream()
            .filter(group -> group.getValue().equalsIgnoreCase(call.parameter("groupName")))
            .map(group -> Map.of("id", group.getKey(), "name", group.getValue(), "size", 0))
            .toList();
    return ok(Map.of("count", found.size(), "value", found));
  }

  private Answer agents(Tenanted call) {
    var found =
        sets.world().runners().stream()
            .filter(runner -> runner.name.equals(call.parameter("agentName")))
            .map(SetCalls::shape)
            .toList();
    return ok(Map.of("count", found.size(), "value", found));
  }

  private Answer agent(Tenanted call) {
    return sets.world()
        .runner(scope(call), call.word(1))
        .map(runner -> ok(shape(runner)))
        .orElseGet(() -> problem(404, "AgentNotFoundException", "No such runner"));
  }

  private Answer removeAgent(Tenanted call) {
    var runner = sets.world().runner(scope(call), call.word(1));
    if (runner.isEmpty()) {
      return problem(404, "AgentNotFoundException", "No such runner");
    }
    if (runner.get().job != null) {
      return problem(400, "JobStillRunningException", "The job is still running");
    }
    sets.world().delete(runner.get());
    return Answer.empty(204);
  }

  private Answer poll(Tenanted call, Set set, Session session) {
    if (once(Mishap.SAYS_NOTHING)) {
      return Answer.of(200, new byte[0]);
    }
    var after = call.parameter("lastMessageId");
    var capacity = call.call().header("x-scalesetmaxcapacity");
    var message =
        sets.poll(
            set, session, after.isEmpty() ? 0 : Long.parseLong(after), Integer.parseInt(capacity));
    if (set.session != session) {
      return problem(401, "InvalidTokenException", "The session is over");
    }
    return message.map(one -> ok(shape(set, one))).orElseGet(() -> Answer.empty(202));
  }

  private Answer forget(Tenanted call, Set set) {
    if (once(Mishap.LOSES_ACKNOWLEDGEMENT)) {
      return Answer.of(502, "Bad Gateway");
    }
    var gone = set.log.remove(Long.parseLong(call.word(2))) == null;
    if (once(Mishap.LOSES_ANSWER)) {
      return Answer.of(502, "Bad Gateway");
    }
    return gone ? problem(404, "MessageNotFoundException", "No such message") : Answer.empty(204);
  }

  private boolean once(Mishap which) {
    if (mishap != which) {
      return false;
    }
    mishap = Mishap.NONE;
    return true;
  }

  private Answer inSet(Tenanted call, Function<Set, Answer> then) {
    var set =
        call.path().endsWith("/acquirejobs")
            ? sets.all().stream().filter(one -> call.word(1).equals("" + one.id)).findFirst()
            : sets.find(scope(call), call.word(1));
    return set.map(then)
        .orElseGet(
            () -> problem(404, "RunnerScaleSetNotFoundException", "No runner scale set found"));
  }

  private Answer inSession(Tenanted call, Listened then) {
    return inSet(
        call,
        set ->
            set.session != null && set.session.id.equals(call.word(2))
                ? then.answer(set, set.session)
                : problem(404, "RunnerScaleSetSessionNotFoundException", "No such session"));
  }

  private Answer inQueue(Tenanted call, Listened then) {
    var set = sets.all().stream().filter(one -> call.word(1).equals("" + one.id)).findFirst();
    var session = set.flatMap(one -> listener(call, one));
    return session.isEmpty()
        ? problem(401, "InvalidTokenException", "The token is not valid")
        : then.answer(set.orElseThrow(), session.get());
  }

  private Optional<Session> listener(Tenanted call, Set set) {
    return Optional.ofNullable(set.session)
        .filter(session -> session.token.equals(call.bearer()))
        .filter(session -> session.until.isAfter(sets.now()));
  }

  private Map<String, Object> shape(Set set) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("id", set.id);
    shape.put("name", set.name);
    shape.put("runnerGroupId", set.group);
    shape.put("runnerGroupName", String.valueOf(sets.world().groups().get(set.group)));
    shape.put(
        "labels",
        set.labels.stream().map(label -> Map.of("name", label, "type", "System")).toList());
    shape.put("runnerSetting", Map.of("disableUpdate", true));
    shape.put("createdOn", "2025-01-01T00:00:00Z");
    shape.put("statistics", sets.statistics(set));
    return shape;
  }

  private Map<String, Object> shape(Set set, Session session) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("sessionId", session.id);
    shape.put("ownerName", session.owner);
    shape.put("runnerScaleSet", shape(set));
    shape.put("messageQueueUrl", url + Server.TENANT + "/queue/" + set.id + "?shard=3");
    shape.put("messageQueueAccessToken", session.token);
    shape.put("statistics", sets.statistics(set));
    return shape;
  }

  private Map<String, Object> shape(Set set, Message message) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("messageId", message.id());
    shape.put("messageType", "RunnerScaleSetJobMessages");
    shape.put("body", Json.text(message.entries()));
    shape.put("statistics", sets.statistics(set));
    return shape;
  }

  private static Map<String, Object> shape(World.Runner runner) {
    return Map.of("id", runner.id, "name", runner.name, "runnerScaleSetId", runner.set);
  }

  private static Answer ok(Object body) {
    return Answer.of(200, body);
  }

  private static Answer problem(int status, String type, String message) {
    var name = "GitHub.Actions.Runtime.WebApi." + type + ", GitHub.Actions.Runtime.WebApi";
    return Answer.of(status, Map.of("typeName", name, "message", message, "errorCode", 0));
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

  private void route(String method, String path, Handler handler) {
    routes.add(new Route(method, Pattern.compile(path), handler));
  }

  @FunctionalInterface
  private interface Handler {
    Answer answer(Tenanted call);
  }

  @FunctionalInterface
  private interface Listened {
    Answer answer(Set set, Session session);
  }

  private record Route(String method, Pattern path, Handler handler) {}

  private record Admin(String scope, Instant until) {}

  private record Tenanted(Server.Call call, MatchResult match) {
    String path() {
      return call.path();
    }

    String word(int group) {
      return match.group(group);
    }

    String bearer() {
      return call.header("authorization").replaceFirst("^Bearer ", "");
    }

    String parameter(String name) {
      var asked = new Asked(URI.create(""), "", call.query(), new String[0], call.body(), NOBODY);
      return asked.parameter(name);
    }

    <T> T json(Class<T> type) {
      return Json.readCamel(call.body(), type);
    }
  }

  private static final Access.Caller NOBODY =
      new Access.Caller("nobody", 0, false, Map.of(), Instant.MAX);

  record Registering(@Nullable String url, @Nullable String runnerEvent) {}

  record NewLabel(@Nullable String name) {}

  record NewSet(
      @Nullable String name, @Nullable Long runnerGroupId, @Nullable List<NewLabel> labels) {}

  record NewSession(@Nullable String ownerName) {}

  record NewRunner(@Nullable String name) {}
}
