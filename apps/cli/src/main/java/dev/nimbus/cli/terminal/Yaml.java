package dev.nimbus.cli.terminal;

import dev.nimbus.cli.json.JsonText;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The YAML form of a JSON document. */
final class Yaml {
  private Yaml() {}

  static String of(String json) {
    var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(settings).dumpToString(JsonText.read(json));
  }
}
