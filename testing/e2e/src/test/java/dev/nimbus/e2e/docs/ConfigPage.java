package dev.nimbus.e2e.docs;

import dev.nimbus.cacheproxy.CacheProxyConfig;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.logpipeline.LogPipelineConfig;
import dev.nimbus.service.config.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every key, by name. */
final class ConfigPage {
  private static final String HEAD =
      """
      # Configuration

      Made from the code by `ReferenceTest`; do not edit.

      Keys come from a YAML file of `key: value` lines (`--config`, `NIMBUS_CONFIG`, else
      `/etc/nimbus/nimbus.yaml` if it is there) and from the environment, which beats the file. A key nobody
      knows, or a value that does not fit, ends the start with exit code 2 and every mistake at once. The value
      of a secret can also come from a file named by its variable with `_FILE` behind. `nimbus config explain`
      shows what is in force and where it comes from. [examples/nimbus.yaml](../../examples/nimbus.yaml) is a
      file to start from.

      Times: `500ms`, `30s`, `5m`, `2h`, `7d`. Sizes: `512MiB`, `10GiB`; K, M and G count by 1024.

      """;

  private ConfigPage() {}

  static Page of(Tree tree) {
    var text = new StringBuilder(HEAD);
    text.append(Page.head("key", "variable", "default", "read by", "what it is"));
    Keys.all().stream()
        .sorted(Comparator.comparing((Key<?> key) -> key.name()))
        .forEach(key -> text.append(row(key)));
    return new Page(tree.file("docs/reference/config.md"), text.toString());
  }

  private static String row(Key<?> key) {
    return Page.row(
        List.of(
            Page.code(key.name()),
            Page.code(key.variable()),
            key.secret() ? "secret" : Page.code(key.defaultText()),
            readers(key.name()),
            sentence(key.description())));
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private static String readers(String name) {
    var readers = new ArrayList<String>();
    addIf(readers, "control plane", ControlPlaneConfig.keys(), name);
    addIf(readers, "cache proxy", CacheProxyConfig.keys(), name);
    addIf(readers, "logging pipeline", LogPipelineConfig.keys(), name);
    addIf(readers, "host agent", HostAgentConfig.keys(), name);
    return readers.isEmpty() ? "all" : String.join(", ", readers);
  }

  private static void addIf(List<String> readers, String app, List<Key<?>> keys, String name) {
    if (keys.stream().anyMatch(key -> key.name().equals(name))) {
      readers.add(app);
    }
  }
}
