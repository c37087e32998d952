package dev.nimbus.testkit.forge.github;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What a runner starts with: files in a document in Base64, of which one holds a private key. */
record JitConfig(long runnerId, String key) {
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  String encoded() {
    var files =
        Map.of(
            ".runner", file(Map.of("AgentId", Long.toString(runnerId))),
            ".credentials", file(Map.of("Scheme", "OAuth")),
            ".credentials_rsaparams", file(Map.of("d", key)));
    return BASE64.encodeToString(Json.write(files));
  }

  /** Reads it as the runner's program does. */
  static JitConfig decode(String text) {
    var files = Json.read(Base64.getDecoder().decode(text), Map.class);
    var id = String.valueOf(read(files, ".runner").get("AgentId"));
    return new JitConfig(
        Long.parseLong(id), String.valueOf(read(files, ".credentials_rsaparams").get("d")));
  }

  private static Map<?, ?> read(Map<?, ?> files, String name) {
    return Json.read(Base64.getDecoder().decode(String.valueOf(files.get(name))), Map.class);
  }

  private static String file(Map<String, String> content) {
    return BASE64.encodeToString(Json.text(content).getBytes(StandardCharsets.UTF_8));
  }
}
