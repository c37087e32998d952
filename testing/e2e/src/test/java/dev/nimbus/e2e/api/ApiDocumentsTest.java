package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.Paths;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API documents are well-formed, and tell all there is and nothing else. */
final class ApiDocumentsTest {
  @TempDir Path home;

  @Test
  void aReaderOfOpenApiUnderstandsEveryDocument() throws Exception {
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      for (var port : system.ports().values()) {
        var document = caller.call(port, "GET", Paths.OPENAPI, "").body();

        assertThat(complaints(document)).isEmpty();
      }
    }
  }

  @Test
  void theReaderDoesNotTakeJustAnything() throws Exception {
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      var document = caller.call(system.port("cache proxy"), "GET", Paths.OPENAPI, "").body();

      assertThat(complaints(document.replace("\"in\" : \"path\"", "\"in\" : \"nowhere\"")))
          .isNotEmpty();
      assertThat(complaints(document.replace("\"responses\"", "\"answers\""))).isNotEmpty();
      assertThat(complaints(document.replace("\"operationId\"", "\"id\""))).isNotEmpty();
    }
  }

  @Test
  void theDocumentsTellEveryRouteAndItsCallersAndNoOther() throws Exception {
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      for (var service : system.ports().entrySet()) {
        var document =
            new Document(caller.call(service.getValue(), "GET", Paths.OPENAPI, "").body());

        assertThat(document.operations().values().stream().map(ApiDocumentsTest::told))
            .as(service.getKey())
            .containsExactlyInAnyOrderElementsOf(new FoundRoutes(caller, service.getValue()).all());
      }
    }
  }

  @Test
  void whateverMakesSomethingTakesAnIdempotencyKey() throws Exception {
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      var making =
          system.ports().values().stream()
              .flatMap(port -> operations(caller, port))
              .filter(operation -> operation.method().equals("post"))
              .filter(operation -> operation.response(201).there());

      assertThat(making)
          .isNotEmpty()
          .allMatch(operation -> operation.parameters("header").containsKey("Idempotency-Key"));
    }
  }

  private static Stream<Document.Operation> operations(Caller caller, int port) {
    try {
      var document = new Document(caller.call(port, "GET", Paths.OPENAPI, "").body());
      return document.operations().values().stream();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String told(Document.Operation operation) {
    return operation.method().toUpperCase(Locale.ROOT)
        + " "
        + operation.path()
        + " "
        + operation.callers();
  }

  private static List<String> complaints(String document) {
    var options = new ParseOptions();
    options.setResolve(true);
    var read = new OpenAPIV3Parser().readContents(document, List.of(), options);
    var complaints = Stream.ofNullable(read.getMessages()).flatMap(List::stream);
    return read.getOpenAPI() == null
        ? Stream.concat(complaints, Stream.of("nothing was read")).toList()
        : complaints.toList();
  }
}
