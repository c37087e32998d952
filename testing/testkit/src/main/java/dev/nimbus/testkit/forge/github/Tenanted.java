package dev.nimbus.testkit.forge.github;

import dev.nimbus.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.regex.MatchResult;

/** A call about scale sets as its handler sees it. */
record Tenanted(Server.Call call, MatchResult match) {
  private static final Access.Caller NOBODY =
      new Access.Caller("nobody", 0, false, Map.of(), Instant.MAX);

  String word(int group) {
    return match.group(group);
  }

  String bearer() {
    return call.header("authorization").replaceFirst("^Bearer ", "");
  }

  String parameter(String name) {
    var asked = new Asked(URI.create(""), "", call.query(), new String[0], call.body(), NOBODY);
    return asked.parameter(name);
  }

  <T> T json(Class<T> type) {
    return Json.readCamel(call.body(), type);
  }
}
