package dev.nimbus.service.http;

import dev.nimbus.core.storage.Once;
import dev.nimbus.service.loop.Shutdown;
import dev.nimbus.service.token.Principal;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request whose caller is known and may call this route. Valid until its handler's response is
 * sent; used by one thread.
 */
public interface Request {
  /** Upper case. */
  String method();

  /** As it was sent, still encoded, without the query. */
  String path();

  /** The decoded value of a placeholder in the route's pattern. */
  String param(String name);

  /** A parameter the route asks for; what it cannot be is INVALID. */
  <T> T value(Parameter<T> parameter);

  /** The same as it was sent, unchecked; empty when absent. */
  String text(Parameter<?> parameter);

  /**
   * What makes this request the same as one that came before: the key its caller gave, and the
   * route, the caller and the body; only on routes that create something.
   */
  Once once();

  /** The first value of a header; names ignore case. */
  Optional<String> header(String name);

  /** The whole body, however often asked; more than the route's limit is refused with 413. */
  byte[] body();

  /** The body as the record the route takes; unreadable or unknown properties are INVALID. */
  <T> T json(Class<T> type);

  /** The body as it arrives; reading past the route's limit fails and answers 413. */
  InputStream stream();

  /** The announced length of the body. */
  OptionalLong length();

  /** Who calls; only on routes with {@link Access.Bearer}. */
  Principal principal();

  /** The address of the other end of the connection. */
  String remoteAddress();

  /** Tells handlers that wait when to stop waiting. */
  Shutdown shutdown();
}
