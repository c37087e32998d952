package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request for one operation. What is answered must be what the document says, whatever is sent.
 */
final class Call {
  /** Headers that are of HTTP itself, or told otherwise. */
  private static final Set<String> EVERYWHERE =
      Set.of("authorization", "content-type", "if-none-match", "user-agent");

  private final Service service;
  private final Document.Operation operation;
  private final Map<String, String> query = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String path;
  private String json = "";
  private byte[] bytes = new byte[0];

  Call(Service service, Document.Operation operation) {
    this.service = service;
    this.operation = operation;
    this.path = operation.path();
  }

  /** Fills a placeholder of the path. */
  Call at(String name, String value) {
    assertThat(path).contains("{" + name + "}");
    path = path.replace("{" + name + "}", value);
    return this;
  }

  Call query(String name, String value) {
    query.put(name, value);
    return this;
  }

  Call header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Call as(String token) {
    return header("Authorization", "Bearer " + token);
  }

  Call json(String body) {
    json = body.replace('\'', '"');
    return this;
  }

  Call bytes(byte[] body) {
    bytes = body;
    return this;
  }

  /** The record it takes, as the document has it. */
  Node taken() {
    return service.document().schema(operation.taken());
  }

  /** What the document has against a body. */
  List<String> faults(String body) {
    return service.document().faults(operation.taken(), body);
  }

  /** Sends what the document allows; it must be answered as one that is well. */
  Answer send() throws IOException, InterruptedException {
    checkParameters("query", query);
    checkParameters("header", headers);
    if (!json.isEmpty()) {
      assertThat(faults(json)).as(json).isEmpty();
    }
    var answer = exchange();
    assertThat(answer.status()).as("%s: %s", operation.id(), answer.body()).isLessThan(400);
    return answer;
  }

  /** Sends what will be refused. */
  Answer refused() throws IOException, InterruptedException {
    var answer = exchange();
    assertThat(answer.status())
        .as("%s %s %s: %s", operation.id(), query, json, answer.body())
        .isGreaterThanOrEqualTo(400);
    return answer;
  }

  /** Follows events, until they end or there are so many. */
  List<Event> events(int atMost) throws IOException, InterruptedException {
    checkParameters("query", query);
    var response = service.client().send(request(), BodyHandlers.ofInputStream());
    try (var stream = response.body()) {
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(type(response)).isEqualTo("text/event-stream");
      var told = operation.response(200).at("content", "text/event-stream");
      assertThat(told.there()).as(operation.id()).isTrue();
      var events = read(stream, atMost);
      for (var event : events) {
        var schema = told.at("x-events", event.name());
        assertThat(schema.there()).as("%s sends '%s'", operation.id(), event.name()).isTrue();
        assertThat(service.document().faults(schema, event.data())).as(event.data()).isEmpty();
      }
      service.saw(operation.id(), 200);
      return events;
    }
  }

  private void checkParameters(String place, Map<String, String> used) {
    var told = operation.parameters(place);
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(used.keySet());
    EVERYWHERE.forEach(names::remove);
    told.keySet().forEach(names::remove);
    assertThat(names).as("what %s does not tell of", operation.id()).isEmpty();
  }

  private Answer exchange() throws IOException, InterruptedException {
    var response = service.client().send(request(), BodyHandlers.ofString());
    var answer = new Answer(response.statusCode(), response.headers(), response.body());
    var told = operation.response(answer.status());
    if (answer.status() >= 400 && !told.at("content").there()) {
      assertThat(told.there() || answer.status() >= 500)
          .as("%s does not say that it answers %d: %s", operation.id(), answer.status(), answer)
          .isTrue();
      checkProblem(answer, type(response));
    } else {
      assertThat(told.there()).as("%s says %d", operation.id(), answer.status()).isTrue();
      checkContent(answer, told, type(response));
    }
    service.saw(operation.id(), answer.status());
    return answer;
  }

  private void checkContent(Answer answer, Node told, String type) {
    var contents = told.at("content").fields();
    if (contents.isEmpty()) {
      assertThat(answer.body()).as(operation.id()).isEmpty();
      return;
    }
    assertThat(contents.containsKey(type) || contents.containsKey("*/*"))
        .as("%s says that it answers with '%s'", operation.id(), type)
        .isTrue();
    var schema = told.at("content", type, "schema");
    if (schema.there()) {
      assertThat(service.document().faults(schema, answer.body())).as(answer.body()).isEmpty();
    }
  }

  private void checkProblem(Answer answer, String type) {
    assertThat(type).isEqualTo("application/problem+json");
    var schema = new Node(Map.of("$ref", "#/components/schemas/Problem"));
    assertThat(service.document().faults(schema, answer.body())).as(answer.body()).isEmpty();
    assertThat(answer.at("status").text()).isEqualTo(Integer.toString(answer.status()));
    assertThat(Answer.statuses(answer.at("kind").text())).contains(answer.status());
  }

  private HttpRequest request() {
    var target = new StringBuilder(path);
    query.forEach(
        (name, value) ->
            target
                .append(target.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    var request =
        HttpRequest.newBuilder(service.address().resolve(target.toString()))
            .method(operation.method().toUpperCase(Locale.ROOT), body())
            .timeout(Service.PATIENCE);
    headers.forEach(request::header);
    return request.build();
  }

  private BodyPublisher body() {
    if (!json.isEmpty()) {
      return BodyPublishers.ofString(json);
    }
    return bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
  }

  private static List<Event> read(InputStream stream, int atMost) throws IOException {
    var events = new ArrayList<Event>();
    var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    var name = "";
    while (events.size() < atMost) {
      var line = lines.readLine();
      if (line == null) {
        break;
      }
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        events.add(new Event(name, line.substring("data: ".length())));
      }
    }
    return events;
  }

  /** One thing a stream told. */
  record Event(String name, String data) {}
}
