package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.Addresses;
import dev.nimbus.adapters.forges.kin.Settings.Level;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a connection to Forgejo or Gitea; all that is wrong with one is said at once. */
public final class SettingsReader {
  private static final String LEVEL = "runner_level";
  private static final String WEBHOOK_SECRET = "webhook_secret";

  private final Connection connection;
  private final Map<String, String> secrets;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Connection connection, Map<String, String> secrets) {
    this.connection = connection;
    this.secrets = new TreeMap<>(secrets);
  }

  /**
   * The settings; {@code INVALID} names everything that is missing or wrong.
   *
   * @param options those this forge has besides {@code runner_level}
   */
  public static Settings read(
      Connection connection, Map<String, String> secrets, Set<String> options) {
    var reader = new SettingsReader(connection, secrets);
    reader.checkNames(options);
    var settings = reader.settings();
    if (!reader.problems.isEmpty()) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot use connection '%s': %s"
              .formatted(connection.name(), String.join("; ", reader.problems)));
    }
    return settings;
  }

  private Settings settings() {
    var repositories = repositories();
    return new Settings(
        url(),
        owner(),
        repositories,
        level(repositories),
        token(),
        webhookSecrets(),
        words(connection.option("labels", "")));
  }

  private void checkNames(Set<String> options) {
    var known = new TreeSet<>(options);
    known.add(LEVEL);
    connection.options().keySet().stream()
        .filter(name -> !known.contains(name))
        .map(name -> "option '%s' is not known (%s)".formatted(name, String.join(", ", known)))
        .forEach(problems::add);
    secrets.keySet().stream()
        .filter(name -> !name.equals("token") && !isWebhookSecret(name))
        .map(name -> "secret '%s' is not known (token, webhook_secret)".formatted(name))
        .forEach(problems::add);
  }

  private URI url() {
    var url = connection.url();
    if (url.getRawQuery() != null || !Addresses.safe(url)) {
      problems.add("url '%s' is not the https address of a forge".formatted(url));
    }
    return URI.create(url.toString().replaceFirst("/+$", ""));
  }

  private String owner() {
    if (!connection.owner().matches("[A-Za-z0-9._-]{0,100}")) {
      problems.add(
          "owner '%s' is not the name of an organization or user".formatted(connection.owner()));
    }
    return connection.owner();
  }

  private List<Repository> repositories() {
    var owner = connection.owner();
    var found = new ArrayList<Repository>();
    for (var text : connection.repositories()) {
      var full = text.indexOf('/') < 0 ? owner + "/" + text : text;
      var ours = owner.isEmpty() || full.regionMatches(true, 0, owner + "/", 0, owner.length() + 1);
      if (ours && full.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+") && !full.contains("..")) {
        found.add(new Repository(full));
      } else {
        problems.add("repository '%s' is not one of '%s'".formatted(text, owner));
      }
    }
    return found;
  }

  private Level level(List<Repository> repositories) {
    var usual = connection.owner().isEmpty() ? Level.INSTANCE : Level.ORGANIZATION;
    var word = connection.option(LEVEL, usual.name().toLowerCase(Locale.ROOT));
    var level =
        Arrays.stream(Level.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst();
    if (level.isEmpty()) {
      problems.add(
          "option '%s' is '%s' and not instance, organization, user or repository"
              .formatted(LEVEL, word));
      return usual;
    }
    if (connection.owner().isEmpty() && level.get() == Level.ORGANIZATION) {
      problems.add("owner is missing, to go with %s 'organization'".formatted(LEVEL));
    }
    if (repositories.isEmpty() && level.get() == Level.REPOSITORY) {
      problems.add("repositories are missing, to go with %s 'repository'".formatted(LEVEL));
    }
    return level.get();
  }

  private String token() {
    var token = secrets.getOrDefault("token", "").strip();
    if (token.isEmpty()) {
      problems.add("secret 'token' is missing");
    }
    return token;
  }

  private List<String> webhookSecrets() {
    var found =
        secrets.entrySet().stream()
            .filter(secret -> isWebhookSecret(secret.getKey()))
            .map(Map.Entry::getValue)
            .filter(value -> !value.isBlank())
            .toList();
    if (found.isEmpty()) {
      problems.add("secret '%s' is missing".formatted(WEBHOOK_SECRET));
    }
    return found;
  }

  private static boolean isWebhookSecret(String name) {
    return name.matches(WEBHOOK_SECRET + "(_[2-9])?");
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toList());
  }
}
