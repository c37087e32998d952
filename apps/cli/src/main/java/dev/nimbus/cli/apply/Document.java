package dev.nimbus.cli.apply;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * The file while it is read, and every mistake found in it. A secret is written as text, or as
 * {@code {file: PATH}} or {@code {env: NAME}}.
 */
final class Document {
  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final UnaryOperator<String> environment;
  private final List<String> mistakes = new ArrayList<>();

  Document(Path file, UnaryOperator<String> environment) {
    this.file = file;
    this.environment = environment;
  }

  void mistake(String what) {
    mistakes.add(what);
  }

  /** Reports every mistake at once, if there are any. */
  void done() {
    if (!mistakes.isEmpty()) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot apply '%s':%n  - %s".formatted(file, String.join("\n  - ", mistakes)));
    }
  }

  Map<String, Object> root() {
    return mapping(parsed(), "the file");
  }

  void checkKeys(Map<String, Object> map, Set<String> known, String where) {
    map.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> mistakes.add(where + ": '" + key + "' is not a key"));
  }

  /** What the parser makes of a text; nothing when there is none, or it is a mistake. */
  <T> @Nullable T parsed(
      Map<String, Object> map, String key, String where, Function<String, T> parser) {
    var text = plain(map.get(key), where + ": " + key);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      mistakes.add("%s: %s '%s' is not a number".formatted(where, key, text));
    } catch (IllegalArgumentException e) {
      mistakes.add("%s: %s '%s': %s".formatted(where, key, text, e.getMessage()));
    }
    return null;
  }

  Map<String, String> texts(@Nullable Object value, String where) {
    var texts = new TreeMap<String, String>();
    mapping(value, where).forEach((key, text) -> texts.put(key, plain(text, where + "." + key)));
    return texts;
  }

  Map<String, String> secrets(@Nullable Object value, String where) {
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

  String text(Map<String, Object> map, String key, String where) {
    var value = plain(map.get(key), where + ": " + key);
    if (value.isEmpty()) {
      mistakes.add(where + ": '" + key + "' is missing");
    }
    return value;
  }

  String plain(@Nullable Object value, String where) {
    if (value instanceof Map || value instanceof List) {
      mistakes.add(where + " is not a text");
      return "";
    }
    return value == null ? "" : value.toString();
  }

  List<?> list(@Nullable Object value, String where) {
    return switch (value) {
      case null -> List.of();
      case List<?> items -> items;
      default -> {
        mistakes.add(where + " is not a list");
        yield List.of();
      }
    };
  }

  Map<String, Object> mapping(@Nullable Object value, String where) {
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

  URI uri(String text, String where) {
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
