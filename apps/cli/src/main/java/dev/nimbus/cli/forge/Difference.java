package dev.nimbus.cli.forge;

import dev.nimbus.api.forge.ApplyForge;
import dev.nimbus.api.forge.ForgeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What applying one connection would change. Secrets cannot be compared, for they never come back:
 * those that are given count as set anew.
 *
 * @param change create, update or none
 * @param fields what would be different
 */
record Difference(String name, String change, List<String> fields) {
  static Difference of(Declared declared, List<ForgeView> known) {
    Optional<ForgeView> before =
        known.stream().filter(forge -> forge.name().equals(declared.name())).findFirst();
    if (before.isEmpty()) {
      return new Difference(declared.name(), "create", List.of());
    }
    var fields = fields(declared.forge(), before.get());
    return new Difference(declared.name(), fields.isEmpty() ? "none" : "update", fields);
  }

  private static List<String> fields(ApplyForge wanted, ForgeView known) {
    var fields = new ArrayList<String>();
    compare(fields, "kind", known.kind(), wanted.kind());
    compare(fields, "url", known.url(), wanted.url());
    compare(fields, "owner", known.owner(), wanted.owner());
    compare(fields, "repositories", known.repositories(), wanted.repositories());
    compare(fields, "options", known.options(), wanted.options());
    var secrets = wanted.secrets() == null ? Map.<String, String>of() : wanted.secrets();
    secrets.keySet().forEach(name -> fields.add("secret " + name + " set anew"));
    return fields;
  }

  private static void compare(
      List<String> fields, String name, Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      fields.add(name + ": " + before + " → " + after);
    }
  }
}
