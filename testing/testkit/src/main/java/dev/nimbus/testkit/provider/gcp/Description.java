package dev.nimbus.testkit.provider.gcp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One interface of Google's, as it describes it itself (a discovery document). */
final class Description {
  private static final Pattern WORD = Pattern.compile("\\{(\\w+)}");

  private final JsonNode document;
  private final List<Method> methods = new ArrayList<>();

  private Description(JsonNode document) {
    this.document = document;
  }

  /**
   * Reads a document.
   *
   * @param base before the path of every method
   */
  static Description read(Path file, String base) {
    var description = new Description(JsonMapper.shared().readTree(file));
    description.collect(description.document, base);
    return description;
  }

  /**
   * A method with the words its path was called with.
   *
   * @param description it is of
   */
  record Found(Description description, Method method, Map<String, String> words) {
    String id() {
      return method.node().path("id").asString();
    }

    /** What is wrong about a call: its words, its parameters, its body. */
    List<String> problems(Map<String, String> query, JsonNode body) {
      var problems = new ArrayList<String>();
      words.forEach((name, value) -> description.check(method, name, value, problems));
      query.forEach((name, value) -> description.check(method, name, value, problems));
      var schema = method.node().path("request");
      if (schema.isMissingNode() && !body.isMissingNode()) {
        problems.add("a body where none belongs");
      }
      if (!schema.isMissingNode()) {
        problems.addAll(description.shape().ofRequest(id(), schema, body));
      }
      return problems;
    }

    /** What is wrong about an answer. */
    List<String> problems(JsonNode answer) {
      return description.shape().ofAnswer(method.node().path("response"), answer);
    }

    /** The answer as far as it was asked for. */
    JsonNode part(String fields, JsonNode answer) {
      var mask = FieldMask.parse(fields);
      mask.check(description.shape(), method.node().path("response"));
      return mask.of(answer);
    }
  }

  /** One way to call it. */
  record Method(String verb, Pattern path, List<String> names, JsonNode node) {}

  Optional<Found> find(String verb, String path) {
    for (var method : methods) {
      var matcher = method.path().matcher(path);
      if (method.verb().equals(verb) && matcher.matches()) {
        var words = new TreeMap<String, String>();
        for (var i = 0; i < method.names().size(); i++) {
          words.put(method.names().get(i), matcher.group(i + 1));
        }
        return Optional.of(new Found(this, method, words));
      }
    }
    return Optional.empty();
  }

  private Shape shape() {
    return new Shape(document.path("schemas"));
  }

  private void check(Method method, String name, String value, List<String> problems) {
    var own = method.node().path("parameters").path(name);
    var schema = own.isMissingNode() ? document.path("parameters").path(name) : own;
    if (schema.isMissingNode()) {
      problems.add("parameter '%s' is not known".formatted(name));
      return;
    }
    shape().ofText(name, schema, value).ifPresent(problems::add);
  }

  private void collect(JsonNode resources, String base) {
    resources
        .path("resources")
        .forEach(
            resource -> {
              resource.path("methods").forEach(method -> methods.add(method(method, base)));
              collect(resource, base);
            });
  }

  private static Method method(JsonNode node, String base) {
    var path = base + node.path("path").asString();
    var names = WORD.matcher(path).results().map(found -> found.group(1)).toList();
    var literal = new StringBuilder();
    var from = 0;
    for (var found : WORD.matcher(path).results().toList()) {
      literal.append(Pattern.quote(path.substring(from, found.start()))).append("([^/]+?)");
      from = found.end();
    }
    literal.append(Pattern.quote(path.substring(from)));
    return new Method(
        node.path("httpMethod").asString(), Pattern.compile(literal.toString()), names, node);
  }
}
