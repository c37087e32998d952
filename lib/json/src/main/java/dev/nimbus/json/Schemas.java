package dev.nimbus.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies;

/**
 * Schemas of records as {@link Json} writes and reads them, in JSON Schema 2020-12. Each record has
 * one, by its name, and others refer to it. Not safe for several threads.
 */
public final class Schemas {
  private static final Map<Class<?>, Map<String, Object>> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, Json.object("type", "string")),
          Map.entry(Instant.class, Json.object("type", "string", "format", "date-time")),
          Map.entry(URI.class, Json.object("type", "string", "format", "uri")),
          Map.entry(boolean.class, Json.object("type", "boolean")),
          Map.entry(Boolean.class, Json.object("type", "boolean")),
          Map.entry(int.class, Json.object("type", "integer", "format", "int32")),
          Map.entry(Integer.class, Json.object("type", "integer", "format", "int32")),
          Map.entry(long.class, Json.object("type", "integer", "format", "int64")),
          Map.entry(Long.class, Json.object("type", "integer", "format", "int64")),
          Map.entry(double.class, Json.object("type", "number", "format", "double")),
          Map.entry(Double.class, Json.object("type", "number", "format", "double")));

  private final String prefix;
  private final SortedMap<String, Map<String, Object>> records = new TreeMap<>();
  private final Map<String, Origin> origins = new HashMap<>();

  /**
   * No schema yet.
   *
   * @param prefix what a reference to a record begins with, such as {@code #/components/schemas/}
   */
  public Schemas(String prefix) {
    this.prefix = prefix;
  }

  /** A record, and what stands for its type parameters, where unknown fields are overlooked. */
  public Map<String, Object> open(Class<?> type, List<Class<?>> arguments) {
    return reference(type, arguments, false);
  }

  /** A record whose unknown fields are mistakes. */
  public Map<String, Object> closed(Class<?> type) {
    return reference(type, List.of(), true);
  }

  /** Every record so far, by name. */
  public SortedMap<String, Map<String, Object>> records() {
    return records;
  }

  private Map<String, Object> reference(Class<?> type, List<Class<?>> arguments, boolean closed) {
    var origin = new Origin(type, arguments, closed);
    var name = free(name(type, arguments), origin);
    var known = origins.putIfAbsent(name, origin);
    if (known == null) {
      records.put(name, Map.of());
      records.put(name, record(origin));
    } else if (!known.equals(origin)) {
      throw new IllegalStateException("Schema '" + name + "' is both " + known + " and " + origin);
    }
    return Json.object("$ref", prefix + name);
  }

  /** A record that is both given and shown has two schemas; the one met later has a longer name. */
  private String free(String name, Origin origin) {
    var known = origins.get(name);
    if (known == null || known.closed() == origin.closed()) {
      return name;
    }
    return name + (origin.closed() ? "Given" : "Shown");
  }

  private Map<String, Object> record(Origin origin) {
    var required = new ArrayList<String>();
    var properties = Json.object();
    for (var component : origin.type().getRecordComponents()) {
      var name = PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, component.getName());
      var always = component.isAnnotationPresent(NullWhenAbsent.class);
      var schema = described(component, schema(component.getGenericType(), origin));
      properties.put(name, always ? orNull(schema) : schema);
      if (always || RecordRules.required(component)) {
        required.add(name);
      }
    }
    var schema = Json.object("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (origin.closed()) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private Map<String, Object> schema(Type type, Origin origin) {
    return switch (type) {
      case Class<?> known when SIMPLE.containsKey(known) -> new LinkedHashMap<>(SIMPLE.get(known));
      case Class<?> known when known.isRecord() -> reference(known, List.of(), origin.closed());
      case TypeVariable<?> variable -> schema(origin.argument(variable), origin);
      case ParameterizedType generic -> container(generic, origin);
      default -> throw new IllegalArgumentException("No schema for '" + type + "'");
    };
  }

  private Map<String, Object> container(ParameterizedType type, Origin origin) {
    var arguments = type.getActualTypeArguments();
    if (type.getRawType() instanceof Class<?> raw) {
      if (Collection.class.isAssignableFrom(raw)) {
        return Json.object("type", "array", "items", schema(arguments[0], origin));
      }
      if (Map.class.isAssignableFrom(raw) && arguments[0] == String.class) {
        return Json.object("type", "object", "additionalProperties", schema(arguments[1], origin));
      }
    }
    throw new IllegalArgumentException("No schema for '" + type + "'");
  }

  private static Map<String, Object> described(
      RecordComponent component, Map<String, Object> schema) {
    var meaning = component.getAnnotation(Meaning.class);
    if (meaning == null) {
      return schema;
    }
    if (meaning.words().length > 0) {
      schema.put("enum", List.of(meaning.words()));
    }
    if (!meaning.pattern().isEmpty()) {
      schema.put("pattern", "^" + meaning.pattern() + "$");
    }
    if (!meaning.value().isEmpty()) {
      schema.put("description", meaning.value());
    }
    return schema;
  }

  private static Map<String, Object> orNull(Map<String, Object> schema) {
    schema.put("type", List.of(schema.get("type"), "null"));
    return schema;
  }

  private static String name(Class<?> type, List<Class<?>> arguments) {
    var name = new StringBuilder();
    arguments.forEach(argument -> name.append(argument.getSimpleName()));
    for (var outer = type.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
      if (outer.isRecord()) {
        name.append(outer.getSimpleName());
      }
    }
    return name.append(type.getSimpleName()).toString();
  }

  /** Where a schema comes from. */
  private record Origin(Class<?> type, List<Class<?>> arguments, boolean closed) {
    Type argument(TypeVariable<?> variable) {
      return arguments.get(List.of(type.getTypeParameters()).indexOf(variable));
    }
  }
}
