package dev.nimbus.e2e.api;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A place in a JSON document, there or not. */
public record Node(@Nullable Object value) {
  public static Node parse(String json) {
    return new Node(Json.read(json.getBytes(StandardCharsets.UTF_8), Map.class));
  }

  public Node at(String... names) {
    @Nullable Object here = value;
    for (var name : names) {
      here = here instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return new Node(here);
  }

  public boolean there() {
    return value != null;
  }

  /** What it says; empty when it is not there. */
  public String text() {
    return value == null ? "" : value.toString();
  }

  public List<Node> items() {
    return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
  }

  /** Its fields by name, in that order. */
  public Map<String, Node> fields() {
    var fields = new TreeMap<String, Node>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> fields.put(name.toString(), new Node(field)));
    }
    return fields;
  }

  /** The same object with a field more, or another value for one. */
  public Node with(String name, Object field) {
    var copy = copy();
    copy.put(name, field);
    return new Node(copy);
  }

  public Node without(String name) {
    var copy = copy();
    copy.remove(name);
    return new Node(copy);
  }

  public String json() {
    return value == null ? "null" : Json.text(value);
  }

  private Map<String, @Nullable Object> copy() {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> copy.put(name.toString(), field));
    }
    return copy;
  }
}
