package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import dev.nimbus.json.Meaning;
import dev.nimbus.service.time.Ids;
import io.helidon.http.Status;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that turns failures into answers and decides how loudly they are logged. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  static final String TYPE = "application/problem+json";

  private final Ids ids;

  Problems(Ids ids) {
    this.ids = ids;
  }

  /** An error as RFC 9457 has it, with two words of ours. */
  record Problem(
      @Meaning("Always about:blank; the kind says what sort of problem it is.") String type,
      @Meaning("The status in words.") String title,
      int status,
      @Meaning("What was being done to what, and why it failed.") String detail,
      @Meaning(
              value = "What it means for the caller.",
              words = {
                "invalid",
                "denied",
                "not_found",
                "conflict",
                "exhausted",
                "unavailable",
                "internal"
              })
          String kind,
      @Meaning("A finer word a program may switch on, such as stale-fence; may be empty.")
          String code) {}

  static Reply reply(Kind kind, String code, String detail) {
    return reply(status(kind, code), kind, code, detail);
  }

  static Reply reply(int status, Kind kind, String code, String detail) {
    var problem =
        new Problem(
            "about:blank",
            Status.create(status).reasonPhrase(),
            status,
            detail,
            kind.name().toLowerCase(Locale.ROOT),
            code);
    return new Reply(status, Reply.ofType(TYPE), new Reply.Whole(Json.write(problem)));
  }

  /** What to answer when a handler, or the kernel on its way to it, threw. */
  Reply of(Exception failure, String method, String route) {
    return switch (failure) {
      case HttpFailure known -> known.reply();
      case NimbusException known -> known(known, method, route);
      case IllegalArgumentException wrong ->
          reply(Kind.INVALID, "", String.valueOf(wrong.getMessage()));
      case InterruptedException _ ->
          reply(Kind.UNAVAILABLE, "ending", "The service is about to end.");
      default -> unexpected(failure, method, route);
    };
  }

  private Reply known(NimbusException failure, String method, String route) {
    if (failure.kind() == Kind.INTERNAL) {
      return unexpected(failure, method, route);
    }
    if (failure.kind() == Kind.UNAVAILABLE) {
      LOG.atWarn()
          .addKeyValue("method", method)
          .addKeyValue("route", route)
          .addKeyValue("why", failure.getMessage())
          .log("Request failed because something needed did not answer");
    }
    return reply(failure.kind(), failure.code(), String.valueOf(failure.getMessage()));
  }

  private Reply unexpected(Exception failure, String method, String route) {
    var id = ids.next("e");
    LOG.atError()
        .addKeyValue("error_id", id)
        .addKeyValue("method", method)
        .addKeyValue("route", route)
        .setCause(failure)
        .log("Request failed unexpectedly");
    return reply(
        Kind.INTERNAL, "", "Something went wrong inside Nimbus; its log has it as '" + id + "'.");
  }

  static int status(Kind kind, String code) {
    return switch (kind) {
      case INVALID -> code.equals("length-required") ? 411 : 400;
      case DENIED -> code.equals("bad-signature") ? 401 : 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case EXHAUSTED ->
          switch (code) {
            case "too-large" -> 413;
            case "disk-full" -> 507;
            default -> 429;
          };
      case UNAVAILABLE -> 503;
      case INTERNAL -> 500;
    };
  }
}
