package dev.nimbus.cli.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, longs, doubles, booleans and null. Binding to records by
 * Jackson costs a fresh process about a tenth of a second; this costs nothing.
 */
public final class JsonText {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int at;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /** Reads a whole document; {@link IllegalArgumentException} says where it is not JSON. */
  public static @Nullable Object read(String document) {
    var reader = new JsonText(document);
    var value = reader.value();
    reader.blank();
    if (reader.at < document.length()) {
      throw reader.wrong("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    blank();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    enter();
    var members = new LinkedHashMap<String, @Nullable Object>();
    for (var more = !closed('}'); more; more = another('}')) {
      blank();
      var name = string();
      blank();
      expect(':');
      members.put(name, value());
    }
    depth--;
    return members;
  }

  private List<@Nullable Object> array() {
    enter();
    var items = new ArrayList<@Nullable Object>();
    for (var more = !closed(']'); more; more = another(']')) {
      items.add(value());
    }
    depth--;
    return items;
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw wrong("less depth");
    }
  }

  private boolean closed(char end) {
    blank();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  private boolean another(char end) {
    if (closed(end)) {
      return false;
    }
    expect(',');
    return true;
  }

  private String string() {
    expect('"');
    var start = at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      at++;
    }
    if (peek() == '"') {
      return text.substring(start, at++);
    }
    var built = new StringBuilder().append(text, start, at);
    while (peek() != '"') {
      var c = text.charAt(at++);
      built.append(c == '\\' ? escaped() : c);
    }
    at++;
    return built.toString();
  }

  private char escaped() {
    var c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape");
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw wrong("four hexadecimal digits");
    }
    try {
      var code = Integer.parseInt(text, at, at + 4, 16);
      at += 4;
      return (char) code;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not JSON at character " + at, e);
    }
  }

  private Object number() {
    var start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    var digits = text.substring(start, at);
    try {
      if (digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0) {
        return Long.valueOf(digits);
      }
      return Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not JSON at character " + start, e);
    }
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return meaning;
  }

  private void blank() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("Not JSON at character " + at + ": wanted " + wanted);
  }
}
