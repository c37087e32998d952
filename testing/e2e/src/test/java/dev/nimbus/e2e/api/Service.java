package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.Paths;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** A running service, called by the names of the operations in its own document. */
final class Service {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client;
  private final URI address;
  private final Document document;
  private final Set<String> seen = new TreeSet<>();

  private Service(HttpClient client, URI address, Document document) {
    this.client = client;
    this.address = address;
    this.document = document;
  }

  static Service at(HttpClient client, int port) throws IOException, InterruptedException {
    var address = URI.create("http://127.0.0.1:" + port);
    var request = HttpRequest.newBuilder(address.resolve(Paths.OPENAPI)).timeout(PATIENCE).build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Service(client, address, new Document(answer.body()));
  }

  Document document() {
    return document;
  }

  URI address() {
    return address;
  }

  HttpClient client() {
    return client;
  }

  Call call(String operation) {
    return new Call(this, document.operation(operation));
  }

  /** Notes that an operation has answered with a status. */
  void saw(String operation, int status) {
    seen.add(operation + " " + status);
  }

  /** Each operation with each status it has answered with so far. */
  Set<String> seen() {
    return seen;
  }
}
