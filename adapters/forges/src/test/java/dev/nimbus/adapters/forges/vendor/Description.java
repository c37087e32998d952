package dev.nimbus.adapters.forges.vendor;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import dev.nimbus.testkit.forge.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A vendor's description of its API, to hold calls and answers against. */
final class Description {
  private static final Set<Integer> NOT_DESCRIBED = Set.of(304, 400, 401, 403, 404, 429, 500, 502);

  private final OpenApiInteractionValidator calls;
  private final OpenApiInteractionValidator answers;
  private final Set<String> fine = ConcurrentHashMap.newKeySet();

  Description(String openApi) {
    this.calls =
        validator(
            openApi,
            LevelResolver.create()
                .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                // It describes bodies as plain JSON and takes its own media type all the same.
                .withLevel("validation.request.accept.notAllowed", Level.IGNORE));
    this.answers =
        validator(
            openApi,
            LevelResolver.create()
                // Whoever reads an answer leaves out what it does not know.
                .withLevel("validation.schema.additionalProperties", Level.IGNORE));
  }

  private static OpenApiInteractionValidator validator(
      String openApi, LevelResolver.Builder levels) {
    return OpenApiInteractionValidator.createForInlineApiSpecification(openApi)
        .withLevelResolver(levels.build())
        .build();
  }

  /** What a call, or its answer, has that the description has not. */
  List<String> differences(Observed call) {
    var shape = shape(call);
    if (fine.contains(shape)) {
      return List.of();
    }
    var found = new ArrayList<String>();
    found.addAll(words(call, "call", calls.validateRequest(request(call))));
    if (!NOT_DESCRIBED.contains(call.status())) {
      found.addAll(words(call, "answer", answer(call)));
    }
    if (found.isEmpty()) {
      fine.add(shape);
    }
    return found;
  }

  /** Calls that differ in their numbers only are looked at once. */
  private static String shape(Observed call) {
    var words = List.of(call.method(), call.path(), call.query(), call.body(), call.answer());
    return call.status() + String.join(" ", words).replaceAll("[0-9]+", "0");
  }

  private ValidationReport answer(Observed call) {
    var response = SimpleResponse.Builder.status(call.status());
    if (!call.answer().isEmpty()) {
      response.withContentType("application/json").withBody(call.answer());
    }
    return answers.validateResponse(
        call.path(), Request.Method.valueOf(call.method()), response.build());
  }

  private static Request request(Observed call) {
    var request = new SimpleRequest.Builder(call.method(), call.path());
    call.sent().forEach(request::withHeader);
    for (var pair : call.query().split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        request.withQueryParam(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    if (!call.body().isEmpty()) {
      request.withBody(call.body());
    }
    return request.build();
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
