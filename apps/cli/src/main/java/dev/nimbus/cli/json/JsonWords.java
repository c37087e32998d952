package dev.nimbus.cli.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers, booleans and null as compact JSON. Nulls are left out. */
public final class JsonWords {
  private final StringBuilder out = new StringBuilder();

  private JsonWords() {}

  public static String write(@Nullable Object value) {
    var words = new JsonWords();
    words.value(value);
    return words.out.toString();
  }

  /** Not a switch over types: the JDK makes code for one at run time, which start-up pays for. */
  private void value(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      array(list);
    } else {
      string(value.toString());
    }
  }

  private void object(Map<?, ?> map) {
    var separator = "{";
    for (var entry : map.entrySet()) {
      if (entry.getValue() != null) {
        out.append(separator);
        string(String.valueOf(entry.getKey()));
        out.append(':');
        value(entry.getValue());
        separator = ",";
      }
    }
    out.append(separator.equals("{") ? "{}" : "}");
  }

  private void array(List<?> list) {
    var separator = "[";
    for (var item : list) {
      out.append(separator);
      value(item);
      separator = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private void string(String text) {
    out.append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            hexadecimal(c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private void hexadecimal(char c) {
    out.append("\\u");
    for (var shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }
}
