package dev.nimbus.testkit.provider.gcp;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of an answer that is asked for, as in {@code items/*}{@code /instances(id,name),etag}.
 *
 * @param parts by name; none for everything
 */
record FieldMask(Map<String, FieldMask> parts) {
  /** Reads one; empty text asks for everything. */
  static FieldMask parse(String text) {
    var reader = new Reader(text);
    var mask = text.isEmpty() ? new FieldMask(Map.of()) : reader.list();
    if (reader.at != text.length()) {
      throw wrong(text);
    }
    return mask;
  }

  /** Refuses what the schema does not have. */
  void check(Shape shape, JsonNode given) {
    var schema = shape.resolved(given);
    if (schema.path("type").asString("").equals("array")) {
      check(shape, schema.path("items"));
      return;
    }
    parts.forEach(
        (name, part) -> {
          var known =
              name.equals("*")
                  ? schema.path("additionalProperties")
                  : schema.path("properties").path(name);
          if (known.isMissingNode()) {
            throw wrong(name);
          }
          part.check(shape, known);
        });
  }

  JsonNode of(JsonNode value) {
    if (parts.isEmpty()) {
      return value;
    }
    if (value.isArray()) {
      var all = JsonMapper.shared().createArrayNode();
      value.forEach(one -> all.add(of(one)));
      return all;
    }
    var some = JsonMapper.shared().createObjectNode();
    parts.forEach((name, part) -> part.copy(name, value, some));
    return some;
  }

  private void copy(String name, JsonNode from, ObjectNode to) {
    for (var member : from.properties()) {
      if (name.equals("*") || name.equals(member.getKey())) {
        var there = to.path(member.getKey());
        var part = of(member.getValue());
        if (there instanceof ObjectNode object && part instanceof ObjectNode more) {
          object.setAll(more);
        } else {
          to.set(member.getKey(), part);
        }
      }
    }
  }

  private FieldMask with(FieldMask other) {
    var all = new LinkedHashMap<>(parts);
    other.parts.forEach((name, part) -> all.merge(name, part, FieldMask::with));
    return new FieldMask(all);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("Invalid field selection " + text);
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    FieldMask list() {
      var all = one();
      while (taken(',')) {
        all = all.with(one());
      }
      return all;
    }

    private FieldMask one() {
      var from = at;
      while (at < text.length() && "(),/".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (from == at) {
        throw wrong(text);
      }
      return new FieldMask(Map.of(text.substring(from, at), below()));
    }

    private FieldMask below() {
      if (taken('/')) {
        return one();
      }
      if (!taken('(')) {
        return new FieldMask(Map.of());
      }
      var inner = list();
      if (!taken(')')) {
        throw wrong(text);
      }
      return inner;
    }

    private boolean taken(char c) {
      var there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }
  }
}
