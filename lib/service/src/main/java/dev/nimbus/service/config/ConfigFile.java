package dev.nimbus.service.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads the YAML file: every scalar is text, and a mapping inside a mapping is a name with a dash,
 * so that {@code cache: {max-bytes: 1G}} is {@code cache-max-bytes}.
 */
final class ConfigFile {
  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final List<String> problems;
  private final Map<String, String> values = new LinkedHashMap<>();

  private ConfigFile(Path file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  static Map<String, String> read(Path file, List<String> problems) {
    var reading = new ConfigFile(file, problems);
    try {
      reading.document();
    } catch (IOException e) {
      problems.add("Cannot read configuration file '%s': %s.".formatted(file, reason(e)));
    } catch (YamlEngineException e) {
      problems.add(
          "Cannot read configuration file '%s': %s"
              .formatted(file, String.valueOf(e.getMessage()).strip().replace("\n", " ")));
    }
    return reading.values;
  }

  private void document() throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is larger than " + MAX_BYTES + " bytes");
    }
    var settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setAllowDuplicateKeys(false)
            .setLabel(file.toString())
            .build();
    var document = new Load(settings).loadFromString(Files.readString(file));
    switch (document) {
      case null -> {}
      case Map<?, ?> map -> mapping("", map);
      default -> problems.add("Configuration file '" + file + "' is not a mapping of keys.");
    }
  }

  private void mapping(String prefix, Map<?, ?> map) {
    for (var entry : map.entrySet()) {
      var name = prefix + entry.getKey();
      switch (entry.getValue()) {
        case null -> {}
        case Map<?, ?> inner -> mapping(name + "-", inner);
        case List<?> items -> put(name, sequence(name, items));
        case Object scalar -> put(name, scalar.toString());
      }
    }
  }

  private String sequence(String name, List<?> items) {
    if (items.stream().anyMatch(item -> item instanceof Map || item instanceof List)) {
      problems.add("'%s' in '%s' is not a list of plain values.".formatted(name, file));
    }
    return items.stream().map(String::valueOf).collect(Collectors.joining("\n", "", "\n"));
  }

  private void put(String name, String value) {
    if (values.putIfAbsent(name, value) != null) {
      problems.add("'%s' is set twice in '%s'.".formatted(name, file));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> "there is no such file";
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
