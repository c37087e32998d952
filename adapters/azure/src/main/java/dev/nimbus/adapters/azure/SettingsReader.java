package dev.nimbus.adapters.azure;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ProviderAccount;
import java.net.URI;
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
          "tenant_id",
          "client_id",
          "subscription_id",
          "resource_group",
          "cloud",
          "subnets",
          "security_groups",
          "public_ip",
          "admin_user",
          "ssh_public_key",
          "disk_type",
          "trusted_launch",
          "encryption_at_host",
          "identity",
          "check_types",
          "check_images",
          "endpoint",
          "credentials");

  private static final String SECRET = "client_secret";
  private static final Pattern GUID = Pattern.compile(Form.GUID);
  private static final Pattern GROUP = Pattern.compile(Form.GROUP);
  private static final Pattern TYPE = Pattern.compile(Form.TYPE);
  private static final Pattern IDENTITY = Pattern.compile(Form.IDENTITY);
  private static final Pattern USER = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final Set<String> TAKEN = Set.of("root", "admin", "administrator", "nimbus");
  private static final Pattern DISK =
      Pattern.compile("(Standard|StandardSSD|Premium|PremiumV2)_(LRS|ZRS)");
  private static final Pattern SSH =
      Pattern.compile("(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]{32,4096}={0,2}( [!-~ ]{0,200})?");
  private static final Pattern HIDDEN = Pattern.compile("[!-~]{8,1024}");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
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
    checkNames("secret", secrets.keySet(), Set.of(SECRET));
    var cloud = cloud();
    return new Settings(
        account.name(),
        cloud,
        cloud.endpoint(address()),
        required("subscription_id", GUID, "the id of a subscription"),
        required("resource_group", GROUP, "the name of a resource group"),
        network(),
        shape(),
        words("check_types", TYPE, "a size, such as Standard_D4s_v5"),
        images(),
        access());
  }

  private void checkNames(String what, Set<String> given, Set<String> known) {
    for (var name : given) {
      if (!known.contains(name)) {
        problems.add(
            "%s '%s' is not known (%s)"
                .formatted(what, name, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private Cloud cloud() {
    var word = option("cloud");
    return Cloud.parse(word.isEmpty() ? "public" : word)
        .orElseGet(
            () -> {
              problems.add(
                  "option 'cloud' is '%s', which is not public, usgov or china".formatted(word));
              return Cloud.PUBLIC;
            });
  }

  private Settings.Network network() {
    if (option("subnets").isEmpty()) {
      problems.add("option 'subnets' is missing (location=id, such as westeurope=/subscriptions…)");
    }
    return new Settings.Network(
        byLocation("subnets", Form.SUBNET, "subnet"),
        byLocation("security_groups", Form.SECURITY_GROUP, "network security group"),
        flag("public_ip", false));
  }

  private Settings.Shape shape() {
    var user = option("admin_user").isEmpty() ? "azureuser" : option("admin_user");
    if (!USER.matcher(user).matches() || TAKEN.contains(user)) {
      problems.add("option 'admin_user' is '%s', which Linux or Azure refuses".formatted(user));
    }
    return new Settings.Shape(
        user,
        optional("ssh_public_key", SSH, "a line of ssh-rsa or ssh-ed25519"),
        optional("disk_type", DISK, "a type of disks, such as Premium_LRS"),
        flag("trusted_launch", true),
        flag("encryption_at_host", false),
        optional("identity", IDENTITY, "the id of a user-assigned identity"));
  }

  private SortedMap<String, String> byLocation(String name, String form, String what) {
    var pattern = Pattern.compile("(" + Form.LOCATION + ")=(" + form + ")", caseless());
    var found = new TreeMap<String, String>();
    for (var word : words(name, pattern, "location=id of a " + what)) {
      var equals = word.indexOf('=');
      if (equals > 0 && found.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
        problems.add(
            "option '%s' has location '%s' twice".formatted(name, word.substring(0, equals)));
      }
    }
    return found;
  }

  private static int caseless() {
    return Pattern.CASE_INSENSITIVE;
  }

  private List<ImageName> images() {
    var found = new ArrayList<ImageName>();
    for (var word : words("check_images", Pattern.compile(".*"), "an image")) {
      ImageName.parse(word)
          .ifPresentOrElse(
              found::add,
              () ->
                  problems.add(
                      "option 'check_images' has '%s', which is not publisher:offer:sku:version or the id of an image"
                          .formatted(word)));
    }
    return found;
  }

  /** Only what plays Azure on this machine may take its place: tokens open a subscription. */
  private String address() {
    var text = option("endpoint");
    if (text.isEmpty()) {
      return "";
    }
    try {
      var url = URI.create(text);
      if (!"https".equals(url.getScheme())
          || url.getHost() == null
          || !LOOPBACK.contains(url.getHost())
          || url.getRawQuery() != null
          || url.getUserInfo() != null
          || !url.getPath().isEmpty()) {
        throw new IllegalArgumentException(text);
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          "option 'endpoint' is '%s', which is not https://host:port of this machine"
              .formatted(text));
    }
    return text;
  }

  private Access access() {
    var client = optional("client_id", GUID, "the id of an application");
    return switch (option("credentials")) {
      case "" -> secret(client);
      case "default" -> {
        if (!secrets.isEmpty() || !option("tenant_id").isEmpty()) {
          problems.add(
              "option 'credentials' is 'default', which does not go with secrets or a tenant");
        }
        yield new Access.OfThisMachine(client);
      }
      default -> {
        problems.add("option 'credentials' may only be 'default', for those of this machine");
        yield new Access.OfThisMachine(client);
      }
    };
  }

  private Access secret(String client) {
    var tenant = required("tenant_id", GUID, "the id of a directory");
    if (client.isEmpty()) {
      problems.add("option 'client_id' is missing");
    }
    var secret = secrets.getOrDefault(SECRET, "").strip();
    if (secret.isEmpty()) {
      problems.add("secret '%s' is missing".formatted(SECRET));
    } else if (!HIDDEN.matcher(secret).matches()) {
      problems.add("secret '%s' is not 8 to 1024 letters without spaces".formatted(SECRET));
    }
    return new Access.Secret(tenant, client, secret);
  }

  private String required(String name, Pattern form, String what) {
    if (option(name).isEmpty()) {
      problems.add("option '%s' is missing".formatted(name));
      return "";
    }
    return optional(name, form, what);
  }

  private String optional(String name, Pattern form, String what) {
    var text = option(name);
    if (!text.isEmpty() && !form.matcher(text).matches()) {
      problems.add("option '%s' is '%s', which is not %s".formatted(name, text, what));
    }
    return text;
  }

  private boolean flag(String name, boolean absent) {
    return switch (option(name)) {
      case "" -> absent;
      case "true" -> true;
      case "false" -> false;
      default -> {
        problems.add("option '%s' is neither true nor false".formatted(name));
        yield absent;
      }
    };
  }

  private List<String> words(String name, Pattern form, String what) {
    var words =
        Arrays.stream(option(name).split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.size() > MOST_WORDS) {
      problems.add("option '%s' has more than %d words".formatted(name, MOST_WORDS));
    }
    for (var word : words) {
      if (!form.matcher(word).matches()) {
        problems.add("option '%s' has '%s', which is not %s".formatted(name, word, what));
      }
    }
    return words.stream().filter(word -> form.matcher(word).matches()).toList();
  }

  private String option(String name) {
    return account.option(name, "").strip();
  }
}
