package dev.nimbus.service.http;

/**
 * One method on one path.
 *
 * @param pattern segments; {@code {id}} stands for one, {@code {key...}} at the end for all the
 *     rest
 * @param maxBodyBytes the longest body the route takes
 */
public record Route(
    String method, String pattern, Access access, long maxBodyBytes, Handler handler) {
  /** How long the JSON body of a request may be unless a route says otherwise. */
  public static final long DEFAULT_BODY_BYTES = 1 << 20;

  public Route {
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("Not a route pattern: '" + pattern + "'");
    }
  }

  /** Also answers HEAD, without the body, unless there is a route for that. */
  public static Route get(String pattern, Access access, Handler handler) {
    return new Route("GET", pattern, access, 0, handler);
  }

  public static Route head(String pattern, Access access, Handler handler) {
    return new Route("HEAD", pattern, access, 0, handler);
  }

  public static Route post(String pattern, Access access, Handler handler) {
    return new Route("POST", pattern, access, DEFAULT_BODY_BYTES, handler);
  }

  public static Route put(String pattern, Access access, Handler handler) {
    return new Route("PUT", pattern, access, DEFAULT_BODY_BYTES, handler);
  }

  public static Route delete(String pattern, Access access, Handler handler) {
    return new Route("DELETE", pattern, access, DEFAULT_BODY_BYTES, handler);
  }

  /** The same route for bodies of up to this many bytes. */
  public Route upTo(long bytes) {
    return new Route(method, pattern, access, bytes, handler);
  }
}
