package dev.nimbus.adapters.gcp;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ProviderAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads an account, and finds all its mistakes at once. */
final class SettingsReader {
  private static final Set<String> OPTIONS =
      Set.of(
          "project",
          "zones",
          "network_project",
          "network",
          "subnetworks",
          "tags",
          "external_ip",
          "disk_type",
          "shielded",
          "service_account",
          "service_account_scopes",
          "check_types",
          "check_images",
          "endpoint",
          "resource_manager_endpoint",
          "credentials");

  private static final String KEY = "key";
  private static final String SCOPES = "https://www.googleapis.com/auth/";
  private static final Pattern PROJECT = Pattern.compile(Form.PROJECT);
  private static final Pattern ZONE = Pattern.compile(Form.ZONE);
  private static final Pattern NAME = Pattern.compile(Form.NAME);
  private static final Pattern TYPE = Pattern.compile(Form.TYPE);
  private static final Pattern SUBNETWORK =
      Pattern.compile("(" + Form.REGION + ")=(" + Form.NAME + ")");
  private static final Pattern EMAIL =
      Pattern.compile("[a-z0-9-]{1,63}@[a-z0-9.-]{1,200}\\.gserviceaccount\\.com");
  private static final Pattern SCOPE = Pattern.compile("[a-z][a-z0-9._-]{1,63}");
  private static final int MOST_WORDS = 64;

  private final ProviderAccount account;
  private final Map<String, String> secrets;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(ProviderAccount account, Map<String, String> secrets) {
    this.account = account;
    this.secrets = new TreeMap<>(secrets);
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
    checkNames("option", account.options().keySet(), OPTIONS);
    checkNames("secret", secrets.keySet(), Set.of(KEY));
    required("project");
    required("zones");
    var project = optional("project", PROJECT, "the id of a project");
    var networkProject = optional("network_project", PROJECT, "the id of a project");
    var zones = words("zones", ZONE, "a zone, such as europe-west3-a");
    var endpoints = endpoints();
    return new Settings(
        account.name(),
        project,
        new TreeSet<>(zones),
        networkProject.isEmpty() ? project : networkProject,
        network(),
        subnetworks(zones),
        words("tags", NAME, "a network tag"),
        yes("external_ip", false),
        optional("disk_type", NAME, "a type of disk, such as pd-balanced"),
        yes("shielded", true),
        optional("service_account", EMAIL, "the address of a service account"),
        scopes(),
        words("check_types", TYPE, "a machine type"),
        images(),
        endpoints,
        access(endpoints));
  }

  private void checkNames(String what, Set<String> names, Set<String> known) {
    for (var name : names) {
      if (!known.contains(name)) {
        problems.add(
            "%s '%s' is not known (%s)"
                .formatted(what, name, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private void required(String name) {
    if (option(name).isEmpty()) {
      problems.add("option '%s' is missing".formatted(name));
    }
  }

  private String optional(String name, Pattern form, String what) {
    var text = option(name);
    if (!text.isEmpty() && !form.matcher(text).matches()) {
      problems.add("option '%s' is '%s', which is not %s".formatted(name, text, what));
    }
    return text;
  }

  private boolean yes(String name, boolean absent) {
    return switch (option(name)) {
      case "" -> absent;
      case "yes" -> true;
      case "no" -> false;
      default -> {
        problems.add("option '%s' is '%s', not yes or no".formatted(name, option(name)));
        yield absent;
      }
    };
  }

  private List<String> words(String name, Pattern form, String what) {
    var words = words(name);
    words.stream()
        .filter(word -> !form.matcher(word).matches())
        .map(word -> "option '%s' has '%s', which is not %s".formatted(name, word, what))
        .forEach(problems::add);
    return words;
  }

  private String network() {
    var given = optional("network", NAME, "the name of a network");
    if (given.isEmpty() == option("subnetworks").isEmpty()) {
      problems.add(
          "option 'network' or option 'subnetworks' (region=name, such as europe-west3=runners)"
              + " is needed, and not both");
    }
    return given;
  }

  private SortedMap<String, String> subnetworks(List<String> zones) {
    var found = new TreeMap<String, String>();
    for (var word : words("subnetworks")) {
      var parts = SUBNETWORK.matcher(word);
      if (!parts.matches()) {
        problems.add("option 'subnetworks' has '%s', which is not region=name".formatted(word));
      } else if (found.put(parts.group(1), parts.group(2)) != null) {
        problems.add("option 'subnetworks' has region '%s' twice".formatted(parts.group(1)));
      }
    }
    for (var zone : zones) {
      if (!found.isEmpty() && !found.containsKey(Settings.regionOf(zone))) {
        problems.add("option 'subnetworks' has none for zone '%s'".formatted(zone));
      }
    }
    return found;
  }

  /** What a machine's account may be used for is said, never assumed. */
  private List<String> scopes() {
    var scopes = words("service_account_scopes", SCOPE, "a scope, such as devstorage.read_only");
    if (scopes.isEmpty() != option("service_account").isEmpty()) {
      problems.add(
          "option 'service_account' and option 'service_account_scopes' go together:"
              + " both or neither");
    }
    return scopes.stream().map(SCOPES::concat).toList();
  }

  private List<ImageName> images() {
    var images = new ArrayList<ImageName>();
    for (var word : words("check_images")) {
      ImageName.parse(word)
          .ifPresentOrElse(
              images::add,
              () ->
                  problems.add(
                      "option 'check_images' has '%s', which is not an image".formatted(word)));
    }
    return images;
  }

  private Settings.Endpoints endpoints() {
    return new Settings.Endpoints(
        address("endpoint", Settings.Endpoints.COMPUTE),
        address("resource_manager_endpoint", Settings.Endpoints.RESOURCE_MANAGER));
  }

  /** Where a token that opens the project is sent: to Google, or not away from this machine. */
  private String address(String name, String absent) {
    var text = option(name).isEmpty() ? absent : option(name);
    if (!Address.ofGoogle(text) && !Address.ofThisMachine(text)) {
      problems.add(
          "option '%s' is '%s', which is not an https address at googleapis.com"
              .formatted(name, text));
    }
    return text.endsWith("/") ? text : text + "/";
  }

  private Access access(Settings.Endpoints endpoints) {
    var here = Address.ofThisMachine(endpoints.compute());
    return switch (option("credentials")) {
      case "" -> key(here);
      case "default" -> {
        if (!secrets.isEmpty()) {
          problems.add("option 'credentials' is 'default', which does not go with secrets");
        }
        if (here || Address.ofThisMachine(endpoints.resourceManager())) {
          problems.add("option 'credentials' is 'default', which goes to Google only");
        }
        yield new Access.OfThisMachine();
      }
      default -> {
        problems.add("option 'credentials' may only be 'default', for those of this machine");
        yield new Access.OfThisMachine();
      }
    };
  }

  private Access key(boolean tokensFromThisMachine) {
    var text = secrets.getOrDefault(KEY, "");
    if (text.isBlank()) {
      problems.add("secret 'key' (the JSON of a service account's key) is missing");
      return new Access.OfThisMachine();
    }
    var read = KeyFile.read(text, tokensFromThisMachine);
    read.problems().forEach(problem -> problems.add("secret 'key' " + problem));
    return read.key();
  }

  private String option(String name) {
    return account.option(name, "").strip();
  }

  private List<String> words(String name) {
    var words =
        Arrays.stream(option(name).split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.size() > MOST_WORDS) {
      problems.add(
          "option '%s' has %d parts, more than %d".formatted(name, words.size(), MOST_WORDS));
    }
    return words;
  }
}
