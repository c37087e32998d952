package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Turns the text of a parameter into a value; what is none is INVALID. */
final class Reading {
  private final String name;
  private final String text;

  Reading(String name, String text) {
    this.name = name;
    this.text = text;
  }

  String text(int maxLength) {
    if (text.length() > maxLength) {
      throw wrong("it has more than " + maxLength + " characters");
    }
    return text;
  }

  int number(int min, int max) {
    try {
      var value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong("not a number from %d to %d".formatted(min, max));
    }
    throw wrong("not a number from %d to %d".formatted(min, max));
  }

  Instant time() {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong("not a time such as 2026-11-22T12:00:00Z");
    }
  }

  LocalDate day() {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong("not a day such as 2026-11-22");
    }
  }

  boolean flag() {
    return word(List.of("true", "false")).equals("true");
  }

  List<String> words() {
    return List.of(text.split(",", -1));
  }

  List<String> words(List<String> known) {
    return words().stream().map(word -> new Reading(name, word).word(known)).toList();
  }

  String word(List<String> known) {
    if (!known.contains(text)) {
      throw wrong("not one of " + String.join(", ", known));
    }
    return text;
  }

  private NimbusException wrong(String why) {
    return new NimbusException(
        Kind.INVALID, "Cannot use parameter %s='%s': %s".formatted(name, shown(), why));
  }

  private String shown() {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
