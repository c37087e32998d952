package dev.nimbus.adapters.forges.vendor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads some of the calls of an API's description, which as a whole is too large to be read. */
final class ApiSlice {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ApiSlice() {}

  /** The description with these paths only, as JSON. */
  static String read(Path description, Predicate<String> wanted) {
    var slice = JSON.createObjectNode();
    try (var stream = Files.newInputStream(description);
        var parser = JSON.createParser(stream)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "openapi", "info" -> slice.set(name, parser.readValueAsTree());
          case "paths" -> slice.set(name, paths(parser, wanted));
          default -> parser.skipChildren();
        }
      }
      return slice.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + description, e);
    }
  }

  private static ObjectNode paths(JsonParser parser, Predicate<String> wanted) {
    var paths = JSON.createObjectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var path = parser.currentName();
      parser.nextToken();
      if (wanted.test(path)) {
        paths.set(path, parser.readValueAsTree());
      } else {
        parser.skipChildren();
      }
    }
    return paths;
  }
}
