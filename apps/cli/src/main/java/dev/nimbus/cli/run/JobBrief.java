package dev.nimbus.cli.run;

import dev.nimbus.cli.json.JsonText;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A job as far as {@code nimbus run} needs to know it. */
record JobBrief(Map<?, ?> fields) {
  /** Reads a job, or an answer that has one inside. */
  static JobBrief parse(String document) {
    if (!(JsonText.read(document) instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("Not a job: " + document);
    }
    return new JobBrief(map.get("job") instanceof Map<?, ?> inner ? inner : map);
  }

  String id() {
    return text("id");
  }

  String state() {
    return text("state");
  }

  String reason() {
    return text("reason");
  }

  boolean ended() {
    return fields.get("ended_at") != null;
  }

  /** The code the command exits with, once it has ended. */
  OptionalInt exitCode() {
    return fields.get("exit_code") instanceof Long code
        ? OptionalInt.of(code.intValue())
        : OptionalInt.empty();
  }

  /** A time by its name, in milliseconds since 1970. */
  Optional<Long> millis(String name) {
    var time = text(name);
    return time.isEmpty() ? Optional.empty() : Optional.of(Times.millis(time));
  }

  private String text(String name) {
    return fields.get(name) instanceof String text ? text : "";
  }
}
