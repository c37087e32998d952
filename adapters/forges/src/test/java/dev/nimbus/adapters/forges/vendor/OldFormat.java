package dev.nimbus.adapters.forges.vendor;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a description of the format Swagger 2 in that of OpenAPI 3, as far as Forgejo uses it: the
 * validator's own reader of the old one brings a library that is banned here.
 */
final class OldFormat {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> OF_PARAMETER = Set.of("name", "in", "required", "description");

  private OldFormat() {}

  static String renewed(String swagger) {
    var old = (ObjectNode) JSON.readTree(swagger);
    var renewed = JSON.createObjectNode();
    renewed.put("openapi", "3.0.3").set("info", old.get("info"));
    var paths = renewed.putObject("paths");
    old.get("paths")
        .properties()
        .forEach(path -> paths.set(path.getKey(), calls((ObjectNode) path.getValue())));
    var components = renewed.putObject("components");
    components.set("schemas", old.get("definitions"));
    components.set("responses", answers((ObjectNode) old.get("responses")));
    return renewed
        .toString()
        .replace("#/definitions/", "#/components/schemas/")
        .replace("#/responses/", "#/components/responses/");
  }

  private static ObjectNode calls(ObjectNode path) {
    var renewed = JSON.createObjectNode();
    path.properties()
        .forEach(call -> renewed.set(call.getKey(), call((ObjectNode) call.getValue())));
    return renewed;
  }

  private static ObjectNode call(ObjectNode call) {
    var renewed = JSON.createObjectNode();
    var parameters = renewed.putArray("parameters");
    for (var parameter : call.withArray("parameters")) {
      switch (parameter.get("in").stringValue()) {
        case "body" -> renewed.set("requestBody", content(parameter.get("schema")));
        case "formData" -> {} // Nothing Nimbus calls is sent a form.
        default -> parameter(parameters, (ObjectNode) parameter);
      }
    }
    renewed.set("responses", answers((ObjectNode) call.get("responses")));
    return renewed;
  }

  /** What is said of the value moves into a schema. */
  private static void parameter(ArrayNode parameters, ObjectNode parameter) {
    var renewed = parameters.addObject();
    var schema = renewed.putObject("schema");
    parameter
        .properties()
        .forEach(
            property ->
                (OF_PARAMETER.contains(property.getKey()) ? renewed : schema)
                    .set(property.getKey(), property.getValue()));
    schema.remove("collectionFormat");
  }

  private static ObjectNode answers(ObjectNode answers) {
    var renewed = JSON.createObjectNode();
    answers.properties().forEach(one -> renewed.set(one.getKey(), answer(one.getValue())));
    return renewed;
  }

  private static JsonNode answer(JsonNode answer) {
    if (answer.has("$ref")) {
      return answer;
    }
    var renewed = JSON.createObjectNode();
    if (answer.has("schema")) {
      renewed = content(answer.get("schema"));
    }
    renewed.set("description", answer.get("description"));
    return renewed;
  }

  private static ObjectNode content(JsonNode schema) {
    var renewed = JSON.createObjectNode();
    renewed.putObject("content").putObject("application/json").set("schema", schema);
    return renewed;
  }
}
