package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.gitlab.Settings.HookSecrets;
import dev.nimbus.adapters.forges.http.Addresses;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads a connection, and finds all its mistakes at once. Names of secrets of webhooks may be
 * numbered, such as {@code webhook_secret_2}: each is as good.
 */
final class SettingsReader {
  private static final Pattern NUMBER = Pattern.compile("_[2-9]$");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*(/[A-Za-z0-9_.][A-Za-z0-9_.-]*){0,20}");
  private static final int LONGEST_PATH = 200;
  private static final String TOKEN = "token";
  private static final String SIGNING = "webhook_secret";
  private static final String BESIDE = "webhook_token";
  private static final String TOLERANCE = "webhook-timestamp-tolerance";
  private static final String ACTIVE = "active_days";
  private static final String LONGEST = "maximum_timeout";

  /** Of these {@code labels} is read elsewhere: it says which jobs are meant for Nimbus. */
  private static final Set<String> OPTIONS = Set.of("labels", TOLERANCE, ACTIVE, LONGEST);

  private static final Set<String> OF_WEBHOOKS = Set.of(SIGNING, BESIDE);

  private final Connection connection;
  private final Map<String, String> secrets;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Connection connection, Map<String, String> secrets) {
    this.connection = connection;
    this.secrets = new TreeMap<>(secrets);
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
    return new Settings(
        url(),
        owner(),
        repositories(),
        secrets.getOrDefault(TOKEN, "").strip(),
        hooks(),
        Duration.ofDays(whole(ACTIVE, 7, 1, 365)),
        Duration.ofSeconds(whole(LONGEST, 0, 600, 2_592_000)));
  }

  private void checkNames() {
    connection.options().keySet().stream()
        .filter(name -> !OPTIONS.contains(name))
        .map(name -> "option '%s' is not known (%s)".formatted(name, list(OPTIONS)))
        .forEach(problems::add);
    secrets.forEach(
        (name, value) -> {
          if (!name.equals(TOKEN) && !OF_WEBHOOKS.contains(unnumbered(name))) {
            problems.add("secret '%s' is not known (token, %s)".formatted(name, list(OF_WEBHOOKS)));
          } else if (value.isBlank()) {
            problems.add("secret '%s' is empty".formatted(name));
          }
        });
    if (!secrets.containsKey(TOKEN)) {
      problems.add("secret 'token' is missing");
    }
  }

  private URI url() {
    var url = connection.url();
    if (url.getRawQuery() != null || !Addresses.safe(url)) {
      problems.add("url '%s' is not the https address of a GitLab".formatted(url));
    }
    return URI.create(url.toString().replaceFirst("/+$", ""));
  }

  private String owner() {
    var owner = connection.owner();
    if (!owner.isEmpty() && !isPath(owner)) {
      problems.add("owner '%s' is not the path of a group or user".formatted(owner));
    }
    return owner;
  }

  private List<Repository> repositories() {
    var owner = connection.owner();
    var found = new ArrayList<Repository>();
    for (var text : connection.repositories()) {
      var full = text.indexOf('/') < 0 ? owner + "/" + text : text;
      if (Settings.inside(owner, full) && isPath(full)) {
        found.add(new Repository(full));
      } else {
        problems.add("repository '%s' is not one of '%s'".formatted(text, owner));
      }
    }
    return found;
  }

  private static boolean isPath(String text) {
    return text.length() <= LONGEST_PATH && PATH.matcher(text).matches() && !text.contains("..");
  }

  private HookSecrets hooks() {
    var keys = new ArrayList<SigningKey>();
    named(SIGNING)
        .forEach(
            (name, value) ->
                SigningKey.parse(value.strip())
                    .ifPresentOrElse(keys::add, () -> problems.add(noKey(name))));
    var tokens = List.copyOf(named(BESIDE).values());
    if (named(SIGNING).isEmpty() && tokens.isEmpty()) {
      problems.add("secret '%s' (or '%s') is missing".formatted(SIGNING, BESIDE));
    }
    return new HookSecrets(keys, tokens, Duration.ofSeconds(whole(TOLERANCE, 300, 1, 86_400)));
  }

  private static String noKey(String name) {
    return ("secret '%s' is not a signing token ('whsec_' and base64 of 24 to 64 bytes);"
            + " a secret token goes into '%s'")
        .formatted(name, BESIDE);
  }

  /** The secrets of a name, numbered or not, that are not empty. */
  private Map<String, String> named(String name) {
    var found = new TreeMap<String, String>();
    secrets.forEach(
        (key, value) -> {
          if (unnumbered(key).equals(name) && !value.isBlank()) {
            found.put(key, value);
          }
        });
    return found;
  }

  private int whole(String name, int usual, int least, int most) {
    var text = connection.option(name, "");
    if (text.isEmpty()) {
      return usual;
    }
    if (!text.matches("\\d{1,7}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      problems.add("option '%s' is not a number from %d to %d".formatted(name, least, most));
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
