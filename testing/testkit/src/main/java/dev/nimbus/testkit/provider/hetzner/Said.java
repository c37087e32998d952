package dev.nimbus.testkit.provider.hetzner;

import dev.nimbus.testkit.forge.http.Answer;
import java.util.List;
import java.util.Map;

/** A refusal on its way to be an answer. */
final class Said extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Said(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static Said notFound(String what) {
    return new Said(404, "not_found", what + " not found");
  }

  static Said invalid(String field, String why) {
    return new Said(422, "invalid_input", "invalid input in field '%s': %s".formatted(field, why));
  }

  static Said taken() {
    return new Said(409, "uniqueness_error", "server name is already used");
  }

  static Said locked() {
    return new Said(423, "locked", "server is locked");
  }

  Answer answer() {
    var details =
        code.equals("uniqueness_error")
            ? Shape.of("fields", List.of(Map.of("name", "name")))
            : null;
    return Answer.of(
        status,
        Shape.of("error", Shape.of("code", code, "message", getMessage(), "details", details)));
  }
}
