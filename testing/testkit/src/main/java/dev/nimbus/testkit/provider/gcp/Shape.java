package dev.nimbus.testkit.provider.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Holds values to the schemas of a discovery document. What is not in them is wrong. */
final class Shape {
  private final JsonNode schemas;

  Shape(JsonNode schemas) {
    this.schemas = schemas;
  }

  /**
   * What is wrong about a body.
   *
   * @param method it is sent to, which may ask for more than its schema does
   */
  List<String> ofRequest(String method, JsonNode schema, JsonNode body) {
    return problems(new Looking(method, new ArrayList<>()), schema, body);
  }

  List<String> ofAnswer(JsonNode schema, JsonNode answer) {
    return problems(new Looking("", new ArrayList<>()), schema, answer);
  }

  /** What is wrong about a parameter of a call. */
  Optional<String> ofText(String name, JsonNode schema, String value) {
    var kind = schema.path("type").asString("");
    var fits =
        switch (kind) {
          case "boolean" -> value.matches("true|false");
          case "integer" -> value.matches("-?\\d+");
          default -> matches(schema, value);
        };
    return fits
        ? Optional.empty()
        : Optional.of("'%s' is no value of parameter '%s'".formatted(value, name));
  }

  /** The schema itself, where one only says which it is. */
  JsonNode resolved(JsonNode schema) {
    var name = schema.path("$ref").asString("");
    return name.isEmpty() ? schema : schemas.path(name);
  }

  private record Looking(String method, List<String> problems) {
    boolean request() {
      return !method.isEmpty();
    }

    void say(String where, String what) {
      problems.add(where + " " + what);
    }
  }

  private List<String> problems(Looking looking, JsonNode schema, JsonNode value) {
    check(looking, "$", schema, value);
    return looking.problems();
  }

  private void check(Looking looking, String where, JsonNode given, JsonNode value) {
    var schema = resolved(given);
    var type = schema.path("type").asString("any");
    if (looking.request() && given.path("readOnly").asBoolean(false)) {
      looking.say(where, "is for answers only");
    }
    var fits =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isString();
          case "boolean" -> value.isBoolean();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          default -> true;
        };
    if (!fits) {
      looking.say(where, "is %s where %s belongs".formatted(value.getNodeType(), type));
    } else if (value.isObject()) {
      members(looking, where, schema, value);
    } else if (value.isArray()) {
      for (var i = 0; i < value.size(); i++) {
        check(looking, "%s[%d]".formatted(where, i), schema.path("items"), value.get(i));
      }
    } else if (value.isString() && !matches(schema, value.asString())) {
      looking.say(where, "is '%s', which it cannot be".formatted(value.asString()));
    }
  }

  private void members(Looking looking, String where, JsonNode schema, JsonNode value) {
    var properties = schema.path("properties");
    for (var member : value.properties()) {
      var further = schema.path("additionalProperties");
      var known = properties.path(member.getKey());
      if (known.isMissingNode() && further.isMissingNode()) {
        looking.say(where + "." + member.getKey(), "is not known");
      } else {
        check(
            looking,
            where + "." + member.getKey(),
            known.isMissingNode() ? further : known,
            member.getValue());
      }
    }
    for (var property : properties.properties()) {
      var asked = property.getValue().path("annotations").path("required");
      var needed =
          looking.request()
              && asked.valueStream().anyMatch(one -> one.asString().equals(looking.method()));
      if (needed && !value.has(property.getKey())) {
        looking.say(where + "." + property.getKey(), "is missing");
      }
    }
  }

  private static boolean matches(JsonNode schema, String value) {
    var words = schema.path("enum");
    if (!words.isMissingNode()
        && words.valueStream().noneMatch(word -> word.asString().equals(value))) {
      return false;
    }
    var number =
        switch (schema.path("format").asString("")) {
          case "int64" -> value.matches("-?\\d{1,19}");
          case "uint64" -> value.matches("\\d{1,20}");
          default -> true;
        };
    var pattern = schema.path("pattern").asString("");
    return number && (pattern.isEmpty() || value.matches(pattern));
  }
}
