package dev.nimbus.testkit.forge.kin;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What runners call: the services {@code runner.v1} and {@code ping.v1}, by Connect. */
final class RunnerCalls {
  private static final String RUNNER = "/api/actions/runner\\.v1\\.RunnerService/";
  private static final Map<String, Status> ENDS =
      Map.of(
          "RESULT_SUCCESS", Status.SUCCESS,
          "RESULT_FAILURE", Status.FAILURE,
          "RESULT_CANCELLED", Status.CANCELLED,
          "RESULT_SKIPPED", Status.SUCCESS);

  private final World world;
  private final Tasks tasks;
  private final BiConsumer<Job, Status> changed;

  /**
   * @param changed is told of every job that was taken or ended
   */
  RunnerCalls(World world, Tasks tasks, BiConsumer<Job, Status> changed) {
    this.world = world;
    this.tasks = tasks;
    this.changed = changed;
  }

  void addTo(Routes routes) {
    routes.add("POST", "/api/actions/ping\\.v1\\.PingService/Ping", (call, _) -> ping(call));
    known(routes, "Declare", Declare.class, this::declare);
    known(routes, "FetchTask", Fetch.class, (runner, fetch, key) -> fetch(runner, fetch, key, ""));
    known(routes, "UpdateTask", UpdateTask.class, (runner, update, _) -> update(runner, update));
    known(routes, "UpdateLog", UpdateLog.class, (runner, update, _) -> log(runner, update));
  }

  /** Lets a runner ask for the job of a handle. */
  void addPairingTo(Routes routes) {
    known(
        routes,
        "FetchSingleTask",
        Fetch.class,
        (runner, fetch, key) ->
            fetch(runner, fetch, key, fetch.handle() == null ? "" : fetch.handle()));
  }

  private static Answer ping(Call call) {
    var codec = Codec.of(call);
    return Answer.bytes(200, codec.type(), codec.write("PingResponse", Map.of("data", "pong")));
  }

  /** Adds a call only a registered runner may make. */
  private <T> void known(Routes routes, String method, Class<T> type, Known<T> handler) {
    routes.add(
        "POST",
        RUNNER + method,
        (call, _) -> {
          var runner = runner(call);
          if (runner.isEmpty()) {
            return refusal(401, "unauthenticated", "unregistered runner");
          }
          runner.get().online = true;
          var key = call.header("x-runner-request-key");
          return answer(call, method, type, asked -> handler.answer(runner.get(), asked, key));
        });
  }

  static <T> Answer answer(Call call, String method, Class<T> type, Unknown<T> handler) {
    var codec = Codec.of(call);
    try {
      var asked = codec.read(method + "Request", call.body(), type);
      var answered = handler.answer(asked);
      return answered instanceof Answer refusal
          ? refusal
          : Answer.bytes(200, codec.type(), codec.write(method + "Response", answered));
    } catch (InvalidProtocolBufferException e) {
      return refusal(400, "invalid_argument", String.valueOf(e.getMessage()));
    }
  }

  /** Whatever the encoding of the call, a refusal is JSON, and its type says no more. */
  static Answer refusal(int status, String code, String message) {
    var body = Json.write(Map.of("code", code, "message", message));
    return Answer.bytes(status, Codec.JSON.type(), body);
  }

  private Optional<Runner> runner(Call call) {
    return world.runners().stream()
        .filter(one -> one.uuid.equals(call.header("x-runner-uuid")))
        .filter(one -> one.token.equals(call.header("x-runner-token")))
        .findFirst();
  }

  private Object declare(Runner runner, Declare declare, String key) {
    runner.labels = declare.labels() == null ? List.of() : declare.labels();
    runner.version = declare.version() == null ? "" : declare.version();
    return Map.of("runner", shape(runner));
  }

  static Map<String, Object> shape(Runner runner) {
    return Map.of(
        "id", runner.id,
        "uuid", runner.uuid,
        "token", runner.token,
        "name", runner.name,
        "version", runner.version,
        "labels", runner.labels,
        "ephemeral", runner.ephemeral);
  }

  /** The same question asked again is answered the same. */
  private Object fetch(Runner runner, Fetch fetch, String key, String handle) {
    var answer = new TreeMap<String, Object>(Map.of("tasks_version", world.tasksVersion()));
    var again =
        world.jobs().stream()
            .filter(job -> job.runner == runner.id && job.status == Status.RUNNING)
            .filter(job -> !key.isEmpty() && job.requestKey.equals(key))
            .findFirst();
    var job =
        again.isPresent() || number(fetch.tasksVersion()) == world.tasksVersion()
            ? again
            : take(runner, handle);
    job.ifPresent(
        one -> {
          one.requestKey = key;
          answer.put("task", tasks.shape(one));
        });
    return answer;
  }

  private Optional<Job> take(Runner runner, String handle) {
    var job = world.take(runner, handle);
    job.ifPresent(one -> changed.accept(one, Status.RUNNING));
    return job;
  }

  private Object update(Runner runner, UpdateTask update) {
    var state = update.state();
    var job = state == null ? Optional.<Job>empty() : task(runner, state.id());
    if (state == null || job.isEmpty()) {
      return refusal(500, "internal", "update task: not a task of this runner");
    }
    if (update.outputs() != null) {
      job.get().outputs.putAll(update.outputs());
    }
    var end = ENDS.get(state.result() == null ? "" : state.result());
    if (end != null && job.get().status == Status.RUNNING) {
      world.end(job.get(), end);
      changed.accept(job.get(), end);
    }
    return Map.of(
        "state",
        Map.of("id", job.get().task, "result", result(job.get())),
        "sent_outputs",
        List.copyOf(job.get().outputs.keySet()));
  }

  private static String result(Job job) {
    return job.status.over() ? "RESULT_" + job.status : "RESULT_UNSPECIFIED";
  }

  private Object log(Runner runner, UpdateLog update) {
    var job = task(runner, update.taskId());
    if (job.isEmpty()) {
      return refusal(500, "internal", "get task: not a task of this runner");
    }
    var rows = update.rows() == null ? List.<LogRow>of() : update.rows();
    var known = job.get().log.size();
    var index = Math.toIntExact(number(update.index()));
    if (index <= known && index + rows.size() > known) {
      rows.subList(known - index, rows.size())
          .forEach(row -> job.get().log.add(row.content() == null ? "" : row.content()));
    }
    return Map.of("ack_index", job.get().log.size());
  }

  private Optional<Job> task(Runner runner, @Nullable String id) {
    return world.task(number(id)).filter(job -> job.runner == runner.id);
  }

  /** Protobuf writes whole numbers of 64 bits as texts, and none where it is zero. */
  private static long number(@Nullable String text) {
    return text == null ? 0 : Long.parseLong(text);
  }

  @FunctionalInterface
  interface Known<T> {
    /** A message, as what its JSON would be, or a refusal. */
    Object answer(Runner runner, T asked, String requestKey);
  }

  @FunctionalInterface
  interface Unknown<T> {
    Object answer(T asked);
  }

  record Declare(@Nullable String version, @Nullable List<String> labels) {}

  record Fetch(@Nullable String tasksVersion, @Nullable String handle) {}

  record UpdateTask(@Nullable TaskState state, @Nullable Map<String, String> outputs) {}

  record TaskState(@Nullable String id, @Nullable String result) {}

  record UpdateLog(@Nullable String taskId, @Nullable String index, @Nullable List<LogRow> rows) {}

  record LogRow(@Nullable String content) {}
}
