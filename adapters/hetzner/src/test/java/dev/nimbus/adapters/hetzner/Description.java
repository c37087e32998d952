package dev.nimbus.adapters.hetzner;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.tool.VendorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hetzner's own description of its interface, to hold calls and answers against. The copy that a
 * package carries is of 2023: what was taken away since is taken away here, what can be sent since
 * is added, what is answered since it does not know and lets pass.
 */
final class Description {
  private static final String BASE = "/v1";
  private static final int REFUSED = 400;

  /** Described once for all lists, in words. */
  private static final Set<String> OF_PAGES = Set.of("page", "per_page");

  private static final Set<String> CALLED =
      Set.of(
          "actions",
          "firewalls",
          "images",
          "locations",
          "networks",
          "pricing",
          "server_types",
          "servers",
          "ssh_keys");

  private final OpenApiInteractionValidator calls;
  private final OpenApiInteractionValidator answers;
  private final Set<String> fine = ConcurrentHashMap.newKeySet();

  private Description(String openApi) {
    this.calls =
        validator(
            openApi,
            LevelResolver.create()
                .withLevel("validation.request.parameter.query.unexpected", Level.ERROR));
    this.answers =
        validator(
            openApi,
            LevelResolver.create()
                .withLevel("validation.schema.additionalProperties", Level.IGNORE));
  }

  static Description read() {
    var file = VendorFile.of("hetzner/hetzner.cloud.json", "npm, see .ci/run");
    try {
      return new Description(asOf2026(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** What a call, or its answer, has that the description has not. */
  List<String> differences(Observed call) {
    var path = call.path().substring(BASE.length());
    var words = List.of(call.method(), path, call.query(), call.body(), call.answer());
    var shape = call.status() + String.join(" ", words).replaceAll("[0-9]+", "0");
    if (fine.contains(shape)) {
      return List.of();
    }
    var found = new ArrayList<String>();
    found.addAll(words(call, "call", calls.validateRequest(request(call, path))));
    if (call.status() > 0 && call.status() < REFUSED) {
      found.addAll(words(call, "answer", answer(call, path)));
    }
    if (found.isEmpty()) {
      fine.add(shape);
    }
    return found;
  }

  private static OpenApiInteractionValidator validator(
      String openApi, LevelResolver.Builder levels) {
    return OpenApiInteractionValidator.createForInlineApiSpecification(openApi)
        .withLevelResolver(levels.build())
        .build();
  }

  /** Only what is called, which is read in a tenth of the time, and without data centers. */
  private static String asOf2026(String text) {
    var description = (ObjectNode) JsonMapper.shared().readTree(text);
    description.remove("servers");
    var paths = (ObjectNode) description.get("paths");
    paths.remove(
        paths.propertyNames().stream()
            .filter(path -> !CALLED.contains(path.split("/", -1)[1]))
            .toList());
    var before = description.findValues("datacenter").size();
    withoutDataCenters(description);
    if (before == 0 || !description.findValues("datacenter").isEmpty()) {
      throw new IllegalStateException("Data centers are not described as they were");
    }
    rebuildingWithUserData(paths);
    return description.toString();
  }

  private static void rebuildingWithUserData(ObjectNode paths) {
    var rebuilding =
        (ObjectNode)
            paths.at("/~1servers~1{id}~1actions~1rebuild/post/requestBody").findValue("schema");
    var properties = (ObjectNode) rebuilding.get("properties");
    if (properties.has("user_data")) {
      throw new IllegalStateException("Rebuilding is described as of now");
    }
    properties.putObject("user_data").put("type", "string");
  }

  private static void withoutDataCenters(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("datacenter");
      if (object.get("required") instanceof ArrayNode required) {
        required.removeIf(name -> "datacenter".equals(name.asString()));
      }
    }
    node.forEach(Description::withoutDataCenters);
  }

  private ValidationReport answer(Observed call, String path) {
    var response = SimpleResponse.Builder.status(call.status());
    if (!call.answer().isEmpty()) {
      response.withContentType("application/json").withBody(call.answer());
    }
    return answers.validateResponse(path, Request.Method.valueOf(call.method()), response.build());
  }

  private static Request request(Observed call, String path) {
    var request = new SimpleRequest.Builder(call.method(), path);
    call.sent().forEach(request::withHeader);
    for (var pair : call.query().split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0 && !OF_PAGES.contains(pair.substring(0, equals))) {
        request.withQueryParam(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    if (!call.body().isEmpty()) {
      request.withBody(call.body());
    }
    return request.build();
  }

  private static String decoded(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static List<String> words(Observed call, String part, ValidationReport report) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() == Level.ERROR)
        .map(
            message ->
                "%s %s (%s %d): %s"
                    .formatted(call.method(), call.path(), part, call.status(), message))
        .toList();
  }
}
