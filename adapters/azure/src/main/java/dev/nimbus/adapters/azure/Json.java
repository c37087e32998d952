package dev.nimbus.adapters.azure;

import com.azure.json.JsonProviders;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an answer for which the client has no type. Whatever is not there is empty. */
record Json(@Nullable Object value) {
  /** What is not JSON is nothing. */
  static Json read(@Nullable String text) {
    try (var reader = JsonProviders.createReader(text == null ? "null" : text)) {
      return new Json(reader.readUntyped());
    } catch (IOException | IllegalStateException e) {
      return new Json(null);
    }
  }

  Json at(String name) {
    return new Json(value instanceof Map<?, ?> map ? map.get(name) : null);
  }

  List<Json> all(String name) {
    return at(name).value() instanceof List<?> list
        ? list.stream().map(one -> new Json(one)).toList()
        : List.of();
  }

  String text(String name) {
    return at(name).value() instanceof String text ? text : "";
  }

  /** The value itself, as text. */
  String text() {
    return value instanceof String text ? text : "";
  }

  double number(String name) {
    return at(name).value() instanceof Number number ? number.doubleValue() : 0;
  }
}
