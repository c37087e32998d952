package dev.nimbus.service.http;

import dev.nimbus.core.storage.Once;
import dev.nimbus.json.Json;
import dev.nimbus.service.loop.Shutdown;
import dev.nimbus.service.token.Principal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.http.RoutingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One request on its way through the kernel. */
final class Exchange implements Request {
  /** What is drained to keep a connection rather than to close it. */
  private static final long WORTH_DRAINING = 64 << 10;

  private final RoutingRequest request;
  private final Connection connection;
  private final Shutdown shutdown;
  private RouteTable.@Nullable Found found;
  private @Nullable Principal principal;
  private @Nullable BodyStream stream;
  private byte @Nullable [] body;

  Exchange(RoutingRequest request, Connection connection, Shutdown shutdown) {
    this.request = request;
    this.connection = connection;
    this.shutdown = shutdown;
  }

  void matched(RouteTable.Found match) {
    this.found = match;
  }

  void admitted(@Nullable Principal caller) {
    this.principal = caller;
  }

  /** Refuses an announced body that is too long before any of it is read. */
  void checkLength() {
    var limit = limit();
    if (length().orElse(0) > limit) {
      throw BodyStream.tooLarge(limit);
    }
  }

  /** Refuses parameters that cannot be what they are, whether or not the handler looks at them. */
  void checkParameters() {
    for (var parameter : route().operation().parameters()) {
      var _ = value(parameter);
    }
  }

  /** Refuses what nobody would look at. */
  void checkNothing() {
    if (route().operation().body() instanceof Body.None && limit() > 0 && body().length > 0) {
      var _ = Json.readStrict(body(), EmptyBody.class);
    }
  }

  /** Whether so much of the body may still arrive that the connection is better closed. */
  boolean leavesBody() {
    var headers = headers();
    if (stream != null && stream.ended()) {
      return false;
    }
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      return true;
    }
    var expected = length().orElse(0);
    return expected > WORTH_DRAINING
        || (expected > 0 && stream == null && headers.contains(HeaderNames.EXPECT));
  }

  boolean clientCloses() {
    return headers().containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  boolean fromThisMachine() {
    return connection.remotePeer().address() instanceof InetSocketAddress address
        && address.getAddress().isLoopbackAddress()
        && header("X-Forwarded-For").isEmpty()
        && header("Forwarded").isEmpty();
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.prologue().uriPath().rawPath();
  }

  @Override
  public String param(String name) {
    var match = match();
    return match.values().get(match.target().placeOf(name));
  }

  @Override
  public <T> T value(Parameter<T> parameter) {
    return parameter.read(text(parameter));
  }

  @Override
  public String text(Parameter<?> parameter) {
    if (!route().operation().parameters().contains(parameter)) {
      throw undeclared("parameter '" + parameter.name() + "'");
    }
    var sent =
        switch (parameter.place()) {
          case QUERY -> Query.value(request.prologue().query().rawValue(), parameter.name());
          case HEADER -> header(parameter.name());
        };
    return sent.orElse("");
  }

  @Override
  public Once once() {
    return new Once(value(Parameter.IDEMPOTENCY_KEY), digest());
  }

  @Override
  public Optional<String> header(String name) {
    return header(HeaderNames.create(name));
  }

  Optional<String> header(HeaderName name) {
    return headers().first(name);
  }

  @Override
  public byte[] body() {
    var known = body;
    if (known != null) {
      return known;
    }
    connection.readingWhole();
    try {
      var read = stream().readAllBytes();
      body = read;
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      connection.readWhole();
    }
  }

  @Override
  public <T> T json(Class<T> type) {
    if (!(route().operation().body() instanceof Body.Json(var taken, var strict))
        || taken != type) {
      throw undeclared(type.getSimpleName());
    }
    return strict ? Json.readStrict(body(), type) : Json.read(body(), type);
  }

  @Override
  public InputStream stream() {
    var open = stream;
    if (open == null) {
      open = new BodyStream(request.content().inputStream(), connection, limit());
      stream = open;
    }
    return open;
  }

  @Override
  public OptionalLong length() {
    return headers().contentLength();
  }

  @Override
  public Principal principal() {
    if (principal == null) {
      throw new IllegalStateException("Route '" + route().pattern() + "' has no caller");
    }
    return principal;
  }

  @Override
  public String remoteAddress() {
    return connection.remotePeer().host();
  }

  @Override
  public Shutdown shutdown() {
    return shutdown;
  }

  private String digest() {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var who = route().pattern() + "\n" + principal().subject() + "\n";
      sha.update(who.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest(body()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private Headers headers() {
    return request.headers();
  }

  private long limit() {
    return route().maxBodyBytes();
  }

  private Route route() {
    return match().target().route();
  }

  private IllegalStateException undeclared(String what) {
    return new IllegalStateException(
        "Route %s %s does not say that it takes %s"
            .formatted(route().method(), route().pattern(), what));
  }

  private RouteTable.Found match() {
    if (found == null) {
      throw new IllegalStateException("No route was found yet");
    }
    return found;
  }

  /** What a route that takes nothing may be sent. */
  private record EmptyBody() {}
}
