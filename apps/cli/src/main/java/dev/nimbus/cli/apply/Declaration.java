package dev.nimbus.cli.apply;

import dev.nimbus.api.forge.ApplyForge;
import dev.nimbus.api.machine.ApplyProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Reads a file. Unknown keys are mistakes, and all mistakes are reported together. */
final class Declaration {
  private static final Set<String> SECTIONS = Set.of("forges", "providers", "pools");
  private static final Set<String> FORGE =
      Set.of("name", "kind", "url", "owner", "repositories", "options", "secrets");
  private static final Set<String> PROVIDER = Set.of("name", "kind", "options", "secrets");

  private final Document document;

  private Declaration(Document document) {
    this.document = document;
  }

  /**
   * Reads a file.
   *
   * @param environment the value of a variable, empty when it is not set
   */
  static Declared read(Path file, UnaryOperator<String> environment) {
    var document = new Document(file, environment);
    var declared = new Declaration(document).declared();
    document.done();
    return declared;
  }

  private Declared declared() {
    var root = document.root();
    root.keySet().stream()
        .filter(key -> !SECTIONS.contains(key))
        .forEach(
            key ->
                document.mistake(
                    "'" + key + "' is not a key; the file has forges, providers and pools"));
    var pools = new PoolSection(document);
    return new Declared(
        section(root, "forges", "connection", this::forge),
        section(root, "providers", "provider", this::provider),
        section(root, "pools", "pool", pools::pool));
  }

  private <T> List<T> section(
      Map<String, Object> root,
      String section,
      String what,
      BiFunction<String, Map<String, Object>, T> reader) {
    var declared = new ArrayList<T>();
    var names = new HashSet<String>();
    for (var item : document.list(root.get(section), section)) {
      var entry = document.mapping(item, "an entry of " + section);
      var name = document.text(entry, "name", "an entry of " + section);
      if (!names.add(name)) {
        document.mistake(what + " '" + name + "' is declared twice");
      }
      declared.add(reader.apply(name, entry));
    }
    return declared;
  }

  private DeclaredForge forge(String name, Map<String, Object> forge) {
    var where = "connection '" + name + "'";
    document.checkKeys(forge, FORGE, where);
    var apply =
        new ApplyForge(
            document.text(forge, "kind", where),
            document.uri(document.text(forge, "url", where), where),
            document.plain(forge.get("owner"), where + ": owner"),
            document.list(forge.get("repositories"), where + ": repositories").stream()
                .map(item -> document.plain(item, where + ": repositories"))
                .toList(),
            document.texts(forge.get("options"), where + ": options"),
            document.secrets(forge.get("secrets"), where));
    return new DeclaredForge(name, apply);
  }

  private DeclaredProvider provider(String name, Map<String, Object> provider) {
    var where = "provider '" + name + "'";
    document.checkKeys(provider, PROVIDER, where);
    var apply =
        new ApplyProvider(
            document.text(provider, "kind", where),
            document.texts(provider.get("options"), where + ": options"),
            document.secrets(provider.get("secrets"), where));
    return new DeclaredProvider(name, apply);
  }
}
