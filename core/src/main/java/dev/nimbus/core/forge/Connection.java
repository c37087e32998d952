package dev.nimbus.core.forge;

import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One configured account on a forge, as it is stored.
 *
 * @param url where people find the forge, such as {@code https://github.com}
 * @param owner the organisation, group or user whose jobs it brings; empty for a whole instance
 * @param repositories the only ones it brings jobs of; empty for all of the owner
 * @param options what only this kind of forge asks for, by name
 * @param secrets tokens and keys, readable with the key of the installation only
 * @param revision increases with every change
 */
public record Connection(
    OrgId org,
    ConnectionId id,
    ConnectionName name,
    ForgeKind kind,
    URI url,
    String owner,
    List<String> repositories,
    SortedMap<String, String> options,
    Sealed secrets,
    Instant changedAt,
    long revision) {
  private static final int MAX_REPOSITORIES = 1_000;
  private static final int MAX_OPTIONS = 32;
  private static final int MAX_TEXT = 1_000;

  public Connection {
    repositories = List.copyOf(repositories);
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    if (repositories.size() > MAX_REPOSITORIES || options.size() > MAX_OPTIONS) {
      throw new IllegalArgumentException(
          "Connection '%s' has %d repositories and %d options (at most %d and %d)"
              .formatted(name, repositories.size(), options.size(), MAX_REPOSITORIES, MAX_OPTIONS));
    }
    options.values().forEach(value -> checkLength(name, value));
    checkLength(name, owner);
    checkLength(name, url.toString());
  }

  /** The option, or what is given when it is not set. */
  public String option(String key, String absent) {
    return options.getOrDefault(key, absent);
  }

  /** The same with other secrets, for when the key they are sealed with changes. */
  public Connection with(Sealed resealed) {
    return new Connection(
        org, id, name, kind, url, owner, repositories, options, resealed, changedAt, revision);
  }

  /** Whether the two say the same, whoever they are and whenever it was said. */
  public boolean sameContent(Connection other) {
    return kind == other.kind
        && url.equals(other.url)
        && owner.equals(other.owner)
        && repositories.equals(other.repositories)
        && options.equals(other.options)
        && secrets.equals(other.secrets);
  }

  /** Builds the sorted map this record keeps. */
  public static SortedMap<String, String> options(Map<String, String> values) {
    return new TreeMap<>(values);
  }

  private static void checkLength(ConnectionName name, String value) {
    if (value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "Connection '%s' has a value of %d characters (at most %d)"
              .formatted(name, value.length(), MAX_TEXT));
    }
  }
}
