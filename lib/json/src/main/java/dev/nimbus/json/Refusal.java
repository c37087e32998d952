package dev.nimbus.json;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidNullException;
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
    var place = place(e);
    if (place.isEmpty()) {
      return message;
    }
    return switch (e) {
      case InvalidNullException _ -> place + " is null";
      case UnrecognizedPropertyException _ -> place + " is unknown";
      default -> message.startsWith(MISSING) ? place + " is missing" : place + ": " + message;
    };
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
    return place.isEmpty() ? "" : "'" + place + "'";
  }
}
