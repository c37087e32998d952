package dev.nimbus.service.http;

import dev.nimbus.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A value a request carries beside its path and its body: what it is called, what it means, what it
 * may be, and what it is when absent. A route names those it takes, and its handler can read no
 * other.
 */
public final class Parameter<T> {
  /** Makes a repeated request the same one; see {@link Route#creates}. */
  public static final Parameter<String> IDEMPOTENCY_KEY =
      new Parameter<>(
          Place.HEADER,
          "Idempotency-Key",
          "Makes the request safe to repeat: the same key with the same body gives what it gave"
              + " the first time; with another body it is a conflict.",
          Json.object("type", "string", "maxLength", 200),
          "",
          text -> text.text(200));

  private final Place place;
  private final String name;
  private final String meaning;
  private final Map<String, Object> schema;
  private final T otherwise;
  private final Function<Reading, T> reading;

  private Parameter(
      Place place,
      String name,
      String meaning,
      Map<String, Object> schema,
      T otherwise,
      Function<Reading, T> reading) {
    this.place = place;
    this.name = name;
    this.meaning = meaning;
    this.schema = schema;
    this.otherwise = otherwise;
    this.reading = reading;
  }

  /** Where it stands. */
  public enum Place {
    QUERY,
    HEADER
  }

  /** Any text of up to so many characters; empty when absent. */
  public static Parameter<String> text(String name, String meaning, int maxLength) {
    var schema = Json.object("type", "string", "maxLength", maxLength);
    return query(name, meaning, schema, "", text -> text.text(maxLength));
  }

  /** A text in a header; empty when absent. */
  public static Parameter<String> header(String name, String meaning, int maxLength) {
    var schema = Json.object("type", "string", "maxLength", maxLength);
    return new Parameter<>(Place.HEADER, name, meaning, schema, "", text -> text.text(maxLength));
  }

  /** A whole number within bounds. */
  public static Parameter<Integer> number(
      String name, String meaning, int otherwise, int min, int max) {
    var schema =
        Json.object("type", "integer", "minimum", min, "maximum", max, "default", otherwise);
    return query(name, meaning, schema, otherwise, text -> text.number(min, max));
  }

  /** A moment. */
  public static Parameter<Instant> time(String name, String meaning, Instant otherwise) {
    var schema = Json.object("type", "string", "format", "date-time");
    return query(name, meaning, schema, otherwise, Reading::time);
  }

  /** A day. */
  public static Parameter<LocalDate> day(String name, String meaning, LocalDate otherwise) {
    var schema = Json.object("type", "string", "format", "date");
    return query(name, meaning, schema, otherwise, Reading::day);
  }

  /** Whether something is wanted; not, when absent. */
  public static Parameter<Boolean> flag(String name, String meaning) {
    var schema = Json.object("type", "boolean", "default", false);
    return query(name, meaning, schema, false, Reading::flag);
  }

  /** One of the constants of an enum, in lower case. */
  public static <E extends Enum<E>> Parameter<E> choice(String name, String meaning, E otherwise) {
    var constants = otherwise.getDeclaringClass().getEnumConstants();
    var words = Stream.of(constants).map(Parameter::word).toList();
    var schema = Json.object("type", "string", "enum", words, "default", word(otherwise));
    return query(
        name, meaning, schema, otherwise, text -> constants[words.indexOf(text.word(words))]);
  }

  /** Words with commas between them; none when absent. */
  public static Parameter<List<String>> words(String name, String meaning) {
    var schema = Json.object("type", "array", "items", Json.object("type", "string"));
    return query(name, meaning, schema, List.of(), Reading::words);
  }

  /** Some of these words with commas between them; none when absent. */
  public static Parameter<List<String>> words(String name, String meaning, List<String> known) {
    var items = Json.object("type", "string", "enum", known);
    var schema = Json.object("type", "array", "items", items);
    return query(name, meaning, schema, List.of(), text -> text.words(known));
  }

  public Place place() {
    return place;
  }

  public String name() {
    return name;
  }

  /** A sentence for whoever calls. */
  public String meaning() {
    return meaning;
  }

  /** What it may be, as JSON Schema. */
  public Map<String, Object> schema() {
    return schema;
  }

  /** What a text means; an empty one is no answer. */
  T read(String text) {
    return text.isEmpty() ? otherwise : reading.apply(new Reading(name, text));
  }

  private static <T> Parameter<T> query(
      String name,
      String meaning,
      Map<String, Object> schema,
      T otherwise,
      Function<Reading, T> reading) {
    return new Parameter<>(Place.QUERY, name, meaning, schema, otherwise, reading);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
