package dev.nimbus.cli.forge;

import dev.nimbus.api.forge.ApplyForge;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads a file of connections. Unknown keys are mistakes, and all mistakes are reported together. A
 * secret is written as text, or as {@code {file: PATH}} or {@code {env: NAME}}.
 */
final class Declaration {
  private static final long MAX_BYTES = 1 << 20;
  private static final Set<String> KEYS =
      Set.of("name", "kind", "url", "owner", "repositories", "options", "secrets");

  private final Path file;
  private final UnaryOperator<String> environment;
  private final List<String> mistakes = new ArrayList<>();

  private Declaration(Path file, UnaryOperator<String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * Reads a file.
   *
   * @param environment the value of a variable, empty when it is not set
   */
  static List<Declared> read(Path file, UnaryOperator<String> environment) {
    var reading = new Declaration(file, environment);
    var declared = reading.document();
    if (!reading.mistakes.isEmpty()) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot apply '%s':%n  - %s".formatted(file, String.join("\n  - ", reading.mistakes)));
    }
    return declared;
  }

  private List<Declared> document() {
    var root = mapping(parsed(), "the file");
    root.keySet().stream()
        .filter(key -> !key.equals("forges"))
        .forEach(key -> mistakes.add("'" + key + "' is not a key; the file has 'forges'"));
    var declared = new ArrayList<Declared>();
    var names = new HashSet<String>();
    for (var item : list(root.get("forges"), "forges")) {
      var forge = mapping(item, "an entry of forges");
      var name = text(forge, "name", "an entry of forges");
      if (!names.add(name)) {
        mistakes.add("connection '" + name + "' is declared twice");
      }
      declared.add(new Declared(name, forge(name, forge)));
    }
    return declared;
  }

  private ApplyForge forge(String name, Map<String, Object> forge) {
    var where = "connection '" + name + "'";
    forge.keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(key -> mistakes.add(where + ": '" + key + "' is not a key"));
    return new ApplyForge(
        text(forge, "kind", where),
        uri(text(forge, "url", where), where),
        plain(forge.get("owner"), where + ": owner"),
        list(forge.get("repositories"), where + ": repositories").stream()
            .map(item -> plain(item, where + ": repositories"))
            .toList(),
        texts(forge.get("options"), where + ": options"),
        secrets(forge.get("secrets"), where));
  }

  private Map<String, String> texts(@Nullable Object value, String where) {
    var texts = new TreeMap<String, String>();
    mapping(value, where).forEach((key, text) -> texts.put(key, plain(text, where + "." + key)));
    return texts;
  }

  private Map<String, String> secrets(@Nullable Object value, String where) {
    var secrets = new TreeMap<String, String>();
    mapping(value, where + ": secrets")
        .forEach((key, said) -> secrets.put(key, secret(said, where + ": secrets." + key)));
    return secrets;
  }

  private String secret(@Nullable Object said, String where) {
    if (!(said instanceof Map)) {
      return plain(said, where);
    }
    var from = mapping(said, where);
    if (from.size() == 1 && from.containsKey("file")) {
      return content(plain(from.get("file"), where), where);
    }
    if (from.size() == 1 && from.containsKey("env")) {
      var name = plain(from.get("env"), where);
      var found = environment.apply(name);
      if (found.isEmpty()) {
        mistakes.add(where + ": the variable " + name + " is not set");
      }
      return found;
    }
    mistakes.add(where + ": a secret is a text, {file: PATH} or {env: NAME}");
    return "";
  }

  private String content(String path, String where) {
    try {
      var found = file.toAbsolutePath().resolveSibling(path);
      if (Files.size(found) > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readString(found).strip();
    } catch (IOException e) {
      mistakes.add(where + ": cannot read '" + path + "': " + reason(e));
      return "";
    }
  }

  private String text(Map<String, Object> map, String key, String where) {
    var value = plain(map.get(key), where + ": " + key);
    if (value.isEmpty()) {
      mistakes.add(where + ": '" + key + "' is missing");
    }
    return value;
  }

  private String plain(@Nullable Object value, String where) {
    if (value instanceof Map || value instanceof List) {
      mistakes.add(where + " is not a text");
      return "";
    }
    return value == null ? "" : value.toString();
  }

  private List<?> list(@Nullable Object value, String where) {
    return switch (value) {
      case null -> List.of();
      case List<?> items -> items;
      default -> {
        mistakes.add(where + " is not a list");
        yield List.of();
      }
    };
  }

  private Map<String, Object> mapping(@Nullable Object value, String where) {
    var mapping = new TreeMap<String, Object>();
    switch (value) {
      case null -> {}
      case Map<?, ?> map ->
          map.forEach(
              (key, inner) -> {
                if (inner != null) {
                  mapping.put(String.valueOf(key), inner);
                }
              });
      default -> mistakes.add(where + " is not a mapping of keys");
    }
    return mapping;
  }

  private URI uri(String text, String where) {
    try {
      var uri = URI.create(text);
      if (uri.getHost() == null && !text.isEmpty()) {
        mistakes.add(where + ": url '" + text + "' has no host");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      mistakes.add(where + ": url '" + text + "' is not an address");
      return URI.create("");
    }
  }

  private @Nullable Object parsed() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      var settings =
          LoadSettings.builder()
              .setSchema(new FailsafeSchema())
              .setAllowDuplicateKeys(false)
              .setLabel(file.toString())
              .build();
      return new Load(settings).loadFromString(Files.readString(file));
    } catch (IOException e) {
      mistakes.add("it cannot be read: " + reason(e));
    } catch (YamlEngineException e) {
      mistakes.add(String.valueOf(e.getMessage()).strip().replace("\n", " "));
    }
    return null;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> "there is no such file";
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
