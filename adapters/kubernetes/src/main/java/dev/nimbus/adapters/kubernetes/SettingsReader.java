package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ProviderAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads an account, and finds all its mistakes at once. */
final class SettingsReader {
  private static final Set<String> OPTIONS =
      Set.of(
          "namespaces",
          "server",
          "ca_certificate",
          "credentials",
          "service_account",
          "node_selector",
          "tolerations",
          "priority_class",
          "runtime_class",
          "image_pull_secrets",
          "run_as_user",
          "user_namespaces",
          "autoscaled");

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern SELECTED =
      Pattern.compile(
          "([a-z0-9][a-z0-9.-]{0,252}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
              + "=([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern USER = Pattern.compile("0|[1-9]\\d{0,8}");
  private static final int MOST_NAMESPACES = 32;
  private static final int MOST_OTHERS = 16;

  private final ProviderAccount account;
  private final Map<String, String> secrets;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(ProviderAccount account, Map<String, String> secrets) {
    this.account = account;
    this.secrets = secrets;
  }

  /** The settings; {@code INVALID} names everything that is missing or wrong. */
  static Settings read(ProviderAccount account, Map<String, String> secrets) {
    var reader = new SettingsReader(account, secrets);
    var settings = reader.settings();
    if (!reader.problems.isEmpty()) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot use provider '%s': %s"
              .formatted(account.name(), String.join("; ", reader.problems)));
    }
    return settings;
  }

  private Settings settings() {
    for (var name : account.options().keySet()) {
      if (!OPTIONS.contains(name)) {
        problems.add(
            "option '%s' is not known (%s)"
                .formatted(name, String.join(", ", new TreeSet<>(OPTIONS))));
      }
    }
    var access = new AccessReader(account, secrets, problems).read();
    return new Settings(account.name(), namespaces(), access, pods(), yes("autoscaled"));
  }

  private SortedSet<String> namespaces() {
    var found = words("namespaces", LABEL, "the name of a namespace", MOST_NAMESPACES);
    if (option("namespaces").isEmpty()) {
      problems.add("option 'namespaces' is missing");
    }
    return new TreeSet<>(found);
  }

  private PodSettings pods() {
    return new PodSettings(
        one("service_account", SUBDOMAIN, "the name of a service account"),
        nodeSelector(),
        tolerations(),
        one("priority_class", SUBDOMAIN, "the name of a priority class"),
        one("runtime_class", SUBDOMAIN, "the name of a runtime class"),
        words("image_pull_secrets", SUBDOMAIN, "the name of a secret", MOST_OTHERS),
        one("run_as_user", USER, "the number of a user"),
        yes("user_namespaces"));
  }

  private SortedMap<String, String> nodeSelector() {
    var found = new TreeMap<String, String>();
    for (var word : words("node_selector", SELECTED, "label=value", MOST_OTHERS)) {
      var pair = word.split("=", 2);
      if (found.put(pair[0], pair[1]) != null) {
        problems.add("option 'node_selector' has '%s' twice".formatted(pair[0]));
      }
    }
    return found;
  }

  private List<Toleration> tolerations() {
    var words = words("tolerations");
    words.stream()
        .filter(word -> !Toleration.fits(word))
        .map("option 'tolerations' has '%s', which is not key[=value][:NoSchedule]"::formatted)
        .forEach(problems::add);
    atMost("tolerations", words, MOST_OTHERS);
    return words.stream().filter(Toleration::fits).map(Toleration::parse).toList();
  }

  private boolean yes(String name) {
    var text = option(name);
    if (!Set.of("", "true", "false").contains(text)) {
      problems.add("option '%s' is '%s', which is neither true nor false".formatted(name, text));
    }
    return text.equals("true");
  }

  private String one(String name, Pattern form, String what) {
    var text = option(name);
    if (!text.isEmpty() && !form.matcher(text).matches()) {
      problems.add("option '%s' is '%s', which is not %s".formatted(name, text, what));
    }
    return text;
  }

  private List<String> words(String name, Pattern form, String what, int most) {
    var words = words(name);
    for (var word : words) {
      if (!form.matcher(word).matches()) {
        problems.add("option '%s' has '%s', which is not %s".formatted(name, word, what));
      }
    }
    atMost(name, words, most);
    return words.stream().filter(word -> form.matcher(word).matches()).toList();
  }

  private List<String> words(String name) {
    return Arrays.stream(option(name).split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private void atMost(String name, List<String> words, int most) {
    if (words.size() > most) {
      problems.add("option '%s' has %d parts, more than %d".formatted(name, words.size(), most));
    }
  }

  private String option(String name) {
    return account.option(name, "").strip();
  }
}
