package dev.nimbus.cli.apply;

import dev.nimbus.api.forge.ApplyForge;
import dev.nimbus.api.forge.ForgeView;
import dev.nimbus.api.machine.ApplyProvider;
import dev.nimbus.api.machine.PoolBody;
import dev.nimbus.api.machine.PoolView;
import dev.nimbus.api.machine.ProviderView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What applying one declared thing would change. Secrets cannot be compared, for they never come
 * back: those that are given count as set anew.
 *
 * @param what forge, provider or pool
 * @param change create, update or none
 * @param fields what would be different
 */
record Difference(String what, String name, String change, List<String> fields) {
  static Difference of(DeclaredForge declared, List<ForgeView> known) {
    return of(
        "forge", declared.name(), declared.forge(), known, ForgeView::name, Difference::fields);
  }

  static Difference of(DeclaredProvider declared, List<ProviderView> known) {
    return of(
        "provider",
        declared.name(),
        declared.provider(),
        known,
        ProviderView::name,
        Difference::fields);
  }

  static Difference of(DeclaredPool declared, List<PoolView> known) {
    return of("pool", declared.name(), declared.pool(), known, PoolView::name, Difference::fields);
  }

  private static <W, K> Difference of(
      String what,
      String name,
      W wanted,
      List<K> known,
      Function<K, String> nameOf,
      BiFunction<W, K, List<String>> fields) {
    return known.stream()
        .filter(one -> nameOf.apply(one).equals(name))
        .findFirst()
        .map(before -> fields.apply(wanted, before))
        .map(found -> new Difference(what, name, found.isEmpty() ? "none" : "update", found))
        .orElseGet(() -> new Difference(what, name, "create", List.of()));
  }

  private static List<String> fields(ApplyForge wanted, ForgeView known) {
    var fields = new ArrayList<String>();
    compare(fields, "kind", known.kind(), wanted.kind());
    compare(fields, "url", known.url(), wanted.url());
    compare(fields, "owner", known.owner(), wanted.owner());
    compare(fields, "repositories", known.repositories(), wanted.repositories());
    compare(fields, "options", known.options(), wanted.options());
    secrets(fields, wanted.secrets());
    return fields;
  }

  private static List<String> fields(ApplyProvider wanted, ProviderView known) {
    var fields = new ArrayList<String>();
    compare(fields, "kind", known.kind(), wanted.kind());
    compare(fields, "options", known.options(), wanted.options());
    secrets(fields, wanted.secrets());
    return fields;
  }

  private static List<String> fields(PoolBody wanted, PoolView known) {
    var fields = new ArrayList<String>();
    var before = known.pool();
    compare(fields, "labels", before.labels(), wanted.labels());
    compare(fields, "offerings", before.offerings(), wanted.offerings());
    compare(fields, "max", before.max(), wanted.max());
    compare(fields, "min-idle", before.minIdle(), wanted.minIdle());
    compare(fields, "schedules", before.schedules(), wanted.schedules());
    compare(fields, "warm", before.warm(), wanted.warm());
    compare(fields, "waiting-cost", before.waitingDollarsPerHour(), wanted.waitingDollarsPerHour());
    compare(fields, "idle-grace", before.idleGraceSeconds(), wanted.idleGraceSeconds());
    compare(fields, "max-life", before.maxLifeSeconds(), wanted.maxLifeSeconds());
    compare(fields, "budget", before.budgetDollars(), wanted.budgetDollars());
    compare(fields, "budget-warning", before.budgetWarningDollars(), wanted.budgetWarningDollars());
    return fields;
  }

  private static void secrets(List<String> fields, @Nullable Map<String, String> secrets) {
    if (secrets != null) {
      secrets.keySet().forEach(name -> fields.add("secret " + name + " set anew"));
    }
  }

  private static void compare(
      List<String> fields, String name, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      fields.add(name + ": " + before + " → " + after);
    }
  }
}
