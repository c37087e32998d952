package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a document forbids, made from what it says. */
record Wrong(String place, String name, String value) {
  private static final String NULL = "this is to be null";

  /** Puts it on a request. */
  Call on(Call call) {
    return place.equals("query") ? call.query(name, value) : call.header(name, value);
  }

  /** A value for each way in which a parameter of the operation can be wrong. */
  static List<Wrong> parameters(Document.Operation operation) {
    var all = new ArrayList<Wrong>();
    for (var place : List.of("query", "header")) {
      operation
          .parameters(place)
          .forEach(
              (name, told) ->
                  values(told.at("schema")).forEach(text -> all.add(new Wrong(place, name, text))));
    }
    return all;
  }

  /** A good body with each of its fields wrong in each way there is, and with one too many. */
  static List<String> bodies(Call call, Node good) {
    var schema = call.taken();
    assertThat(call.faults(good.json())).isEmpty();
    var all = new ArrayList<String>();
    if (schema.at("additionalProperties").text().equals("false")) {
      all.add(good.with("no_such_field", 1).json());
    }
    for (var required : schema.at("required").items()) {
      all.add(good.without(required.text()).json());
      all.add(good.with(required.text(), NULL).json().replace("\"" + NULL + "\"", "null"));
    }
    schema
        .at("properties")
        .fields()
        .forEach(
            (name, told) -> fields(told).forEach(value -> all.add(good.with(name, value).json())));
    for (var json : all) {
      assertThat(call.faults(json)).as(json).isNotEmpty();
    }
    return all;
  }

  private static Stream<String> values(Node schema) {
    var length = schema.at("maxLength");
    return switch (schema.at("type").text()) {
      case "integer" ->
          Stream.of("many", "1.5", beyond(schema, "minimum"), beyond(schema, "maximum"));
      case "boolean" -> Stream.of("yes");
      case "array" ->
          schema.at("items", "enum").there() ? Stream.of("no-such-word") : Stream.empty();
      default ->
          schema.at("enum").there()
              ? Stream.of("no-such-word")
              : schema.at("format").there()
                  ? Stream.of("yesterday")
                  : Stream.of("x".repeat(Integer.parseInt(length.text()) + 1));
    };
  }

  private static String beyond(Node schema, String bound) {
    var step = bound.equals("minimum") ? -1 : 1;
    return Long.toString(Long.parseLong(schema.at(bound).text()) + step);
  }

  private static Stream<Object> fields(Node schema) {
    var types =
        switch (schema.at("type").text()) {
          case "string" -> Stream.<Object>of(1, true, List.of("x"), Map.of("x", "y"));
          case "integer" -> Stream.<Object>of("1", 1.5, true, List.of(1));
          case "number" -> Stream.<Object>of("1", true, List.of(1));
          case "boolean" -> Stream.<Object>of("true", 1, List.of(true));
          case "array" -> Stream.<Object>of("x", 1, Map.of("x", "y"), List.of(List.of()));
          case "object" -> Stream.<Object>of("x", 1, List.of("x"), Map.of("x", List.of()));
          default -> throw new AssertionError("What is a " + schema + "?");
        };
    var words = schema.at("enum").there() ? Stream.of("no-such-word") : Stream.<Object>empty();
    var shapes = schema.at("pattern").there() ? Stream.of("NOT ANY!") : Stream.<Object>empty();
    return Stream.of(types, words, shapes).flatMap(stream -> stream);
  }
}
