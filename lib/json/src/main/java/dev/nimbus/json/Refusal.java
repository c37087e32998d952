package dev.nimbus.json;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a document, and where in it. */
final class Refusal {
  private static final String MISSING = "Missing required creator property";

  private Refusal() {}

  static NimbusException of(Class<?> type, JacksonException e) {
    return new NimbusException(
        Kind.INVALID, "Cannot read " + type.getSimpleName() + ": " + why(e), e);
  }

  private static String why(JacksonException e) {
    var message = String.valueOf(e.getOriginalMessage());
    return switch (e) {
      case InvalidNullException _ -> place(e) + " is null";
      case UnrecognizedPropertyException _ -> place(e) + " is unknown";
      case MismatchedInputException _ when message.startsWith(MISSING) -> place(e) + " is missing";
      case MismatchedInputException known when known.getTargetType() != null ->
          place(e) + " is not " + expected(known.getTargetType());
      default -> message;
    };
  }

  private static String expected(Class<?> type) {
    if (type == String.class) {
      return "a text";
    }
    if (type == Instant.class) {
      return "a time such as 2026-11-22T12:00:00Z";
    }
    if (type == URI.class) {
      return "an address";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
  }

  /** Such as {@code 'lines[3].text'}. */
  private static String place(JacksonException e) {
    var place = new StringBuilder();
    for (var step : e.getPath()) {
      if (step.getPropertyName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return place.isEmpty() ? "the document" : "'" + place + "'";
  }
}
