package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.ScaleSet;
import dev.nimbus.adapters.forges.http.Addresses;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.Repository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads a connection, and finds all its mistakes at once. Names of secrets and of {@code app_id}
 * may be numbered, such as {@code app_id_2} and {@code private_key_2}: several credentials take
 * turns, several webhook secrets are all good.
 */
final class SettingsReader {
  private static final Pattern NUMBER = Pattern.compile("_[2-9]$");

  /** Of these {@code labels} is read elsewhere: it says which jobs are meant for Nimbus. */
  private static final Set<String> OPTIONS =
      Set.of(
          "labels",
          "app_id",
          "installation_id",
          "runner_group",
          "runner_level",
          "hook_id",
          "changes_per_minute",
          "active_days",
          "scale_sets");

  private static final Set<String> NUMBERED = Set.of("app_id", "installation_id");
  private static final Set<String> SECRETS = Set.of("token", "private_key", "webhook_secret");
  private static final int USUAL_CHANGES = 60;
  private static final int MOST_CHANGES = 180;
  private static final int USUAL_DAYS = 7;
  private static final int MOST_DAYS = 365;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_SETS = 10;

  private final Connection connection;
  private final Map<String, String> secrets;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Connection connection, Map<String, String> secrets) {
    this.connection = connection;
    this.secrets = secrets;
  }

  /** The settings; {@code INVALID} names everything that is missing or wrong. */
  static Settings read(Connection connection, Map<String, String> secrets) {
    var reader = new SettingsReader(connection, secrets);
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
    checkNames();
    checkAddress();
    var level = level();
    var changes = whole("changes_per_minute", USUAL_CHANGES, MOST_CHANGES);
    var repositories = repositories();
    return new Settings(
        connection.url(),
        ApiBase.of(connection.url()),
        connection.owner(),
        repositories,
        level,
        connection.option("runner_group", ""),
        credentials(),
        webhookSecrets(),
        number("hook_id"),
        Duration.ofMinutes(1).dividedBy(changes),
        Duration.ofDays(whole("active_days", USUAL_DAYS, MOST_DAYS)),
        scaleSets(level, repositories));
  }

  private List<ScaleSet> scaleSets(Settings.Level level, List<Repository> repositories) {
    var text = connection.option("scale_sets", "").strip();
    if (text.isEmpty()) {
      return List.of();
    }
    if (level == Settings.Level.REPOSITORY && repositories.size() != 1) {
      problems.add(
          "option 'scale_sets' with runner_level 'repository' needs exactly one repository");
    }
    if (level == Settings.Level.ORGANIZATION && !repositories.isEmpty()) {
      problems.add(
          "option 'scale_sets' brings jobs of all repositories; leave them out, and let"
              + " runner_group be open to some only");
    }
    return scaleSets(text);
  }

  private List<ScaleSet> scaleSets(String text) {
    var found = new LinkedHashMap<String, ScaleSet>();
    for (var one : text.split(",", -1)) {
      try {
        var set = ScaleSet.parse(one);
        if (found.put(set.name().toLowerCase(Locale.ROOT), set) != null) {
          problems.add("option 'scale_sets' names '%s' twice".formatted(set.name()));
        }
      } catch (IllegalArgumentException e) {
        problems.add(
            "option 'scale_sets' has '%s', which is not a name or name=label label"
                .formatted(one.strip()));
      }
    }
    if (found.size() > MOST_SETS) {
      problems.add("option 'scale_sets' names more than %d".formatted(MOST_SETS));
    }
    return List.copyOf(found.values());
  }

  private void checkNames() {
    for (var name : connection.options().keySet()) {
      if (!OPTIONS.contains(name) && !NUMBERED.contains(unnumbered(name))) {
        problems.add("option '%s' is not known (%s)".formatted(name, list(OPTIONS)));
      }
    }
    for (var name : new TreeSet<>(secrets.keySet())) {
      if (!SECRETS.contains(unnumbered(name))) {
        problems.add("secret '%s' is not known (%s)".formatted(name, list(SECRETS)));
      } else if (secrets.getOrDefault(name, "").isBlank()) {
        problems.add("secret '%s' is empty".formatted(name));
      }
    }
  }

  private void checkAddress() {
    var url = connection.url();
    if (!Addresses.safe(url)) {
      problems.add("url '%s' is not the https address of a GitHub".formatted(url));
    } else if (url.getRawPath().length() > 1 || url.getRawQuery() != null) {
      problems.add("url '%s' has more than a host; the owner is a field of its own".formatted(url));
    }
    if (!Settings.isOwner(connection.owner())) {
      problems.add(
          "owner '%s' is not the name of an organization or user".formatted(connection.owner()));
    }
  }

  private List<Repository> repositories() {
    var found = new ArrayList<Repository>();
    for (var text : connection.repositories()) {
      var full = text.indexOf('/') < 0 ? connection.owner() + "/" + text : text;
      if (full.length() <= LONGEST_NAME && Settings.inside(connection.owner(), full)) {
        found.add(new Repository(full));
      } else {
        problems.add("repository '%s' is not one of '%s'".formatted(text, connection.owner()));
      }
    }
    return found;
  }

  private Settings.Level level() {
    return switch (connection.option("runner_level", "organization")) {
      case "organization" -> Settings.Level.ORGANIZATION;
      case "repository" -> {
        if (!connection.option("runner_group", "").isEmpty()) {
          problems.add("option 'runner_group' does not go with runner_level 'repository'");
        }
        yield Settings.Level.REPOSITORY;
      }
      default -> {
        problems.add("option 'runner_level' is not 'organization' or 'repository'");
        yield Settings.Level.ORGANIZATION;
      }
    };
  }

  private List<Credential> credentials() {
    var found = new ArrayList<Credential>();
    for (var suffix : List.of("", "_2", "_3", "_4", "_5", "_6", "_7", "_8", "_9")) {
      var app = connection.option("app_id" + suffix, "");
      var key = secrets.getOrDefault("private_key" + suffix, "");
      var token = secrets.getOrDefault("token" + suffix, "");
      if (!token.isBlank()) {
        found.add(new Credential.Token(token.strip()));
      }
      if (!app.isBlank() || !key.isBlank()) {
        addApp(found, suffix, app.strip(), key);
      }
    }
    if (found.isEmpty() && problems.stream().noneMatch(problem -> problem.contains("app_id"))) {
      problems.add("secret 'token', or option 'app_id' and secret 'private_key', is missing");
    }
    return found;
  }

  private void addApp(List<Credential> found, String suffix, String app, String key) {
    if (!app.matches("[A-Za-z0-9._-]{1,100}")) {
      problems.add("option 'app_id%s' is missing, or not an App's id".formatted(suffix));
    } else if (key.isBlank()) {
      problems.add(
          "secret 'private_key%s' is missing, to go with option 'app_id%s'"
              .formatted(suffix, suffix));
    } else {
      try {
        var installation = number("installation_id" + suffix);
        found.add(new Credential.App(app, PrivateKeys.parse(key), installation));
      } catch (IllegalArgumentException e) {
        problems.add("secret 'private_key%s' cannot be read: %s".formatted(suffix, e.getMessage()));
      }
    }
  }

  private String number(String name) {
    var text = connection.option(name, "");
    if (!text.matches("\\d{0,18}")) {
      problems.add("option '%s' is not a number".formatted(name));
    }
    return text;
  }

  private List<String> webhookSecrets() {
    var found = new ArrayList<String>();
    for (var name : new TreeSet<>(secrets.keySet())) {
      var value = secrets.getOrDefault(name, "");
      if (unnumbered(name).equals("webhook_secret") && !value.isBlank()) {
        found.add(value);
      }
    }
    if (found.isEmpty() && !secrets.containsKey("webhook_secret")) {
      problems.add("secret 'webhook_secret' is missing");
    }
    return found;
  }

  private int whole(String name, int usual, int most) {
    var text = connection.option(name, Integer.toString(usual));
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      problems.add("option '%s' is not a number from 1 to %d".formatted(name, most));
      return usual;
    }
    return Integer.parseInt(text);
  }

  private static String unnumbered(String name) {
    return NUMBER.matcher(name).replaceFirst("");
  }

  private static String list(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }
}
