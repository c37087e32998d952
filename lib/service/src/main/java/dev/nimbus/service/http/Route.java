package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import java.util.List;
import java.util.Map;

/**
 * One method on one path.
 *
 * @param pattern segments; {@code {id}} stands for one, {@code {key...}} at the end for all the
 *     rest
 * @param maxBodyBytes the longest body the route takes
 */
public record Route(
    String method,
    String pattern,
    Access access,
    long maxBodyBytes,
    Operation operation,
    Handler handler) {
  /** How long a body may be unless a route says otherwise. */
  public static final long DEFAULT_BODY_BYTES = 1 << 20;

  private static final long EMPTY_BODY_BYTES = 1 << 10;

  public Route {
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("Not a route pattern: '" + pattern + "'");
    }
  }

  /** Also answers HEAD, without the body, unless there is a route for that. */
  public static Route get(String pattern, Access access, Handler handler) {
    return new Route("GET", pattern, access, 0, Operation.UNTOLD, handler);
  }

  public static Route head(String pattern, Access access, Handler handler) {
    return new Route("HEAD", pattern, access, 0, Operation.UNTOLD, handler);
  }

  public static Route post(String pattern, Access access, Handler handler) {
    return new Route("POST", pattern, access, EMPTY_BODY_BYTES, Operation.UNTOLD, handler);
  }

  public static Route put(String pattern, Access access, Handler handler) {
    return new Route("PUT", pattern, access, EMPTY_BODY_BYTES, Operation.UNTOLD, handler);
  }

  public static Route delete(String pattern, Access access, Handler handler) {
    return new Route("DELETE", pattern, access, EMPTY_BODY_BYTES, Operation.UNTOLD, handler);
  }

  /**
   * What it does.
   *
   * @param id one word for programs, unique within the service
   * @param summary a few words for people
   */
  public Route does(String id, String summary) {
    return with(operation.named(id, summary));
  }

  /** Takes a record as JSON and nothing the record does not know. */
  public Route takes(Class<?> type) {
    return with(operation.taking(new Body.Json(type, true))).upTo(DEFAULT_BODY_BYTES);
  }

  /** Takes a record as JSON and overlooks what it does not know. */
  public Route takesAlsoNewer(Class<?> type) {
    return with(operation.taking(new Body.Json(type, false))).upTo(DEFAULT_BODY_BYTES);
  }

  /** Takes bytes as they are. */
  public Route takesBytes(String mediaType) {
    return with(operation.taking(new Body.Bytes(mediaType))).upTo(DEFAULT_BODY_BYTES);
  }

  /** The same route for bodies of up to this many bytes. */
  public Route upTo(long bytes) {
    return new Route(method, pattern, access, bytes, operation, handler);
  }

  /** Takes these beside the body. */
  public Route asks(Parameter<?>... parameters) {
    return with(operation.asking(List.of(parameters)));
  }

  /** Answers with a record as JSON, and what stands for its type parameters. */
  public Route answers(int status, Class<?> type, Class<?>... arguments) {
    return answers(status, new Answer.Json(type, List.of(arguments)));
  }

  /** Answers with a status alone. */
  public Route answers(int status) {
    return answers(status, new Answer.Nothing());
  }

  /** Answers with bytes of this media type. */
  public Route answersBytes(int status, String mediaType) {
    return answers(status, new Answer.Bytes(mediaType));
  }

  /** Answers with server-sent events: by its name, the record each carries. */
  public Route answersEvents(Map<String, Class<?>> types) {
    return answers(200, new Answer.Events(types));
  }

  /** Makes something, once for each idempotency key: 201 the first time, 200 when seen before. */
  public Route creates(Class<?> type) {
    return asks(Parameter.IDEMPOTENCY_KEY)
        .answers(201, type)
        .answers(200, type)
        .refuses(Kind.CONFLICT);
  }

  /** Fails in these ways, beside those every route has. */
  public Route refuses(Kind... kinds) {
    return with(operation.refusing(List.of(kinds)));
  }

  private Route answers(int status, Answer.Content content) {
    return with(operation.answering(new Answer(status, content)));
  }

  private Route with(Operation other) {
    return new Route(method, pattern, access, maxBodyBytes, other, handler);
  }
}
