package dev.nimbus.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes records. Property names are snake case, but where camel case is asked for. What
 * a record may lack is {@link Nullable}; a document that lacks anything else is refused.
 */
public final class Json {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .annotationIntrospector(new RecordRules())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, Json::textOnly)
          .build();
  private static final JsonMapper CAMEL =
      LENIENT
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .build();
  private static final JsonMapper STRICT =
      LENIENT.rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}

  /** Reads a document whose unknown properties are mistakes; {@code INVALID} says which. */
  public static <T> T readStrict(byte[] document, Class<T> type) {
    return read(STRICT, document, type);
  }

  /** Reads a document whose unknown properties belong to somebody newer. */
  public static <T> T read(byte[] document, Class<T> type) {
    return read(LENIENT, document, type);
  }

  /** The same where names are written in camel case, large and small letters being the same. */
  public static <T> T readCamel(byte[] document, Class<T> type) {
    return read(CAMEL, document, type);
  }

  /** Reads a document from a stream, which is closed, ignoring unknown properties. */
  public static <T> T read(InputStream document, Class<T> type) {
    try {
      return present(LENIENT.readValue(document, type), type);
    } catch (JacksonException e) {
      throw Refusal.of(type, e);
    }
  }

  public static byte[] write(Object value) {
    return LENIENT.writeValueAsBytes(value);
  }

  /** The same with names in camel case. */
  public static byte[] writeCamel(Object value) {
    return CAMEL.writeValueAsBytes(value);
  }

  public static String text(Object value) {
    return LENIENT.writeValueAsString(value);
  }

  /** Several lines, for people. */
  public static String pretty(Object value) {
    return LENIENT.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /** An object put together by hand: names and values in turn, kept in this order. */
  public static Map<String, Object> object(Object... namesAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** A number or a truth value is no text. */
  private static void textOnly(MutableCoercionConfig config) {
    config
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  private static <T> T read(JsonMapper mapper, byte[] document, Class<T> type) {
    try {
      return present(mapper.readValue(document, type), type);
    } catch (JacksonException e) {
      throw Refusal.of(type, e);
    }
  }

  /** The document {@code null} is well-formed and yet no value of any type. */
  private static <T> T present(@Nullable T value, Class<T> type) {
    if (value == null) {
      throw new NimbusException(
          Kind.INVALID, "Cannot read " + type.getSimpleName() + ": the document is 'null'");
    }
    return value;
  }
}
