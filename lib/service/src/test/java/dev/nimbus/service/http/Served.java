package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server on a free port of this machine, and the means to talk to it. */
final class Served implements AutoCloseable {
  final Metrics metrics = new Metrics();
  final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Served(HttpConfig config, List<Route> routes) {
    this.server = HttpServer.start(config, routes, new KnownCallers(), metrics);
  }

  static Served with(Route... routes) {
    return with(HttpConfig.of("127.0.0.1", 0).withShutdownGrace(Duration.ofSeconds(2)), routes);
  }

  static Served with(HttpConfig config, Route... routes) {
    return new Served(config, List.of(routes));
  }

  static Authenticator nobody() {
    return new KnownCallers();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpClient client() {
    return client;
  }

  Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends bytes as they are and returns all that comes back until the server closes. */
  String raw(String text) throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return untilClosed(socket);
    }
  }

  static String untilClosed(Socket socket) throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (java.net.SocketException e) {
      all.write("(reset)".getBytes(StandardCharsets.ISO_8859_1));
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }

  /** Believes tokens of the form {@code audience:scope}, and one cookie. */
  private static final class KnownCallers implements Authenticator {
    @Override
    public Principal authenticate(String bearer) {
      var colon = bearer.indexOf(':');
      if (colon < 0) {
        throw new NimbusException(Kind.DENIED, "The token is not accepted: unknown.");
      }
      return Principal.of(
          OrgId.DEFAULT,
          Audience.of(bearer.substring(0, colon)),
          "somebody",
          Set.of(bearer.substring(colon + 1)));
    }

    @Override
    public Optional<Principal> cookie(String name, String value) {
      return name.equals("session") && value.equals("good")
          ? Optional.of(Principal.of(OrgId.DEFAULT, Audience.ADMIN, "browser", Set.of("*")))
          : Optional.empty();
    }
  }
}
