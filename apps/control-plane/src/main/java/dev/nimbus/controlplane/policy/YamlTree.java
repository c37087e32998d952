package dev.nimbus.controlplane.policy;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * One YAML document as nodes that know their lines. Aliases, which make a small file a large tree,
 * and deep nesting are refused before a tree is built.
 */
final class YamlTree {
  private static final int MAX_DEPTH = 8;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new CoreSchema()).setAllowNonScalarKeys(true).build();

  private YamlTree() {}

  /** The document; empty when there is nothing in it, or when there are problems. */
  static Optional<Node> read(String text, Problems problems) {
    try {
      return plain(text, problems) ? new Compose(SETTINGS).composeString(text) : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      problems.at(line, "this is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.at(1, "this is not YAML: " + firstLine(e));
    }
    return Optional.empty();
  }

  private static boolean plain(String text, Problems problems) {
    var depth = 0;
    for (var event : new Parse(SETTINGS).parseString(text)) {
      if (event instanceof AliasEvent) {
        problems.at(line(event), "aliases such as *name are not read; write it out");
        return false;
      }
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > MAX_DEPTH) {
        problems.at(line(event), "this is nested deeper than anything a policy has");
        return false;
      }
    }
    return true;
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static String firstLine(YamlEngineException e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("it cannot be read");
  }
}
