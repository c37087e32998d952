package dev.nimbus.cli.daemon;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.json.JsonText;
import dev.nimbus.cli.terminal.Shell;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says what isolation the hosts of a new daemon lack, so that nobody finds out by accident. */
final class Reductions {
  private Reductions() {}

  static void tell(Shell shell, TextClient client) {
    if (!(JsonText.read(client.get(Paths.HOSTS)) instanceof Map<?, ?> page)
        || !(page.get("items") instanceof List<?> hosts)) {
      return;
    }
    var lacking = new TreeSet<String>();
    for (var host : hosts) {
      if (host instanceof Map<?, ?> map && map.get("reductions") instanceof List<?> pieces) {
        pieces.forEach(piece -> lacking.add(String.valueOf(piece)));
      }
    }
    if (!lacking.isEmpty()) {
      shell.say(
          lacking.stream().collect(Collectors.joining(", ", "jobs run here without ", ""))
              + " (nimbus doctor says why and what to do)");
    }
  }
}
