package dev.nimbus.core.provider;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.secret.Sealed;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One configured account with a provider, as it is stored.
 *
 * @param options what this kind of provider asks for, by name
 * @param secrets keys and tokens, readable with the key of the installation only
 * @param revision increases with every change
 */
public record ProviderAccount(
    OrgId org,
    ProviderName name,
    ProviderKind kind,
    SortedMap<String, String> options,
    Sealed secrets,
    Instant changedAt,
    long revision) {
  private static final int MAX_OPTIONS = 64;
  private static final int MAX_TEXT = 64 * 1024;

  public ProviderAccount {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    var longest = options.values().stream().mapToInt(String::length).max().orElse(0);
    if (options.size() > MAX_OPTIONS || longest > MAX_TEXT) {
      throw new IllegalArgumentException(
          "Provider '%s' has %d options, the longest of %d characters (at most %d of %d)"
              .formatted(name, options.size(), longest, MAX_OPTIONS, MAX_TEXT));
    }
  }

  /** The option, or what is given when it is not set. */
  public String option(String key, String absent) {
    return options.getOrDefault(key, absent);
  }

  /** The same with other secrets, for when the key they are sealed with changes. */
  public ProviderAccount with(Sealed resealed) {
    return new ProviderAccount(org, name, kind, options, resealed, changedAt, revision);
  }

  /** Whether the two say the same, whenever it was said. */
  public boolean sameContent(ProviderAccount other) {
    return kind == other.kind && options.equals(other.options) && secrets.equals(other.secrets);
  }

  /** Builds the sorted map this record keeps. */
  public static SortedMap<String, String> options(Map<String, String> values) {
    return new TreeMap<>(values);
  }
}
