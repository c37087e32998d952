package dev.nimbus.adapters.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The page for operators. */
final class Page {
  private static final Path FILE = Path.of("docs", "operate", "providers", "kubernetes.md");

  private Page() {}

  /** The role on it. */
  static ObjectNode role() {
    var text = text();
    var from = text.indexOf("```yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n");
    var yaml = text.substring(from + "```yaml\n".length(), text.indexOf("```", from + 7));
    var read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return JsonMapper.shared().valueToTree(read);
  }

  static String text() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE, e);
    }
  }

  private static Path file() {
    return Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
        .map(up -> up.resolve(FILE))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
