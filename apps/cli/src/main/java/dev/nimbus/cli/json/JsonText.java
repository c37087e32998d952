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
    while (at < text.length() && plain(text.charAt(at))) {
      at++;
    }
    if (peek() == '"') {
      return text.substring(start, at++);
    }
    var built = new StringBuilder().append(text, start, at);
    while (peek() != '"') {
      if (plain(text.charAt(at))) {
        built.append(text.charAt(at++));
      } else {
        expect('\\');
        built.append(escaped());
      }
    }
    at++;
    return built.toString();
  }

  /** Whether a character of a string stands for itself. */
  private static boolean plain(char c) {
    return c >= ' ' && c != '"' && c != '\\';
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
    var code = 0;
    for (var end = at + 4; at < end; at++) {
      var digit = "0123456789abcdef".indexOf(Character.toLowerCase(peek()));
      if (digit < 0) {
        throw wrong("a hexadecimal digit");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private Object number() {
    var start = at;
    skip("-");
    if (!skip("0")) {
      digits();
    }
    var whole = true;
    if (skip(".")) {
      digits();
      whole = false;
    }
    if (skip("eE")) {
      skip("+-");
      digits();
      whole = false;
    }
    var number = text.substring(start, at);
    return whole ? integer(number, start) : Double.valueOf(number);
  }

  private static Object integer(String number, int start) {
    try {
      return Long.valueOf(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not JSON at character " + start + ": too large", e);
    }
  }

  private void digits() {
    var start = at;
    while (skip("0123456789")) {}
    if (at == start) {
      throw wrong("a digit");
    }
  }

  private boolean skip(String any) {
    if (at < text.length() && any.indexOf(text.charAt(at)) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return meaning;
  }

  private void blank() {
    while (skip(" \n\r\t")) {}
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
