package dev.nimbus.adapters.aws;

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
          "region",
          "subnets",
          "security_groups",
          "instance_profile",
          "launch_template",
          "endpoint",
          "sts_endpoint",
          "role_arn",
          "external_id",
          "credentials");

  private static final String KEY_ID = "access_key_id";
  private static final String KEY = "secret_access_key";
  private static final String SESSION = "session_token";
  private static final Set<String> SECRETS = Set.of(KEY_ID, KEY, SESSION);

  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,3}-\\d{1,2}");
  private static final Pattern ZONE = Pattern.compile("[a-z0-9-]{1,60}");
  private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-f]{8,17}");
  private static final Pattern GROUP = Pattern.compile("sg-[0-9a-f]{8,17}");
  private static final Pattern TEMPLATE =
      Pattern.compile("(lt-[0-9a-f]{8,17}|[A-Za-z0-9()./_-]{3,128}):([1-9]\\d{0,9})");
  private static final Pattern PROFILE =
      Pattern.compile(
          "[A-Za-z0-9+=,.@_-]{1,128}"
              + "|arn:aws[a-z-]{0,20}:iam::\\d{12}:instance-profile/[A-Za-z0-9+=,.@_/-]{1,640}");
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]{0,20}:iam::\\d{12}:role/[A-Za-z0-9+=,.@_/-]{1,576}");
  private static final Pattern EXTERNAL = Pattern.compile("[A-Za-z0-9+=,.@:/_-]{2,1224}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{16,4096}");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int MOST_SUBNETS = 32;
  private static final int MOST_GROUPS = 16;

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
    checkNames();
    var region = required("region", REGION, "a region, such as eu-central-1");
    var template = template();
    return new Settings(
        account.name(),
        region,
        subnets(region),
        securityGroups(template),
        optional("instance_profile", PROFILE, "the name or ARN of an instance profile"),
        template,
        address("endpoint"),
        address("sts_endpoint"),
        access());
  }

  private void checkNames() {
    for (var name : account.options().keySet()) {
      if (!OPTIONS.contains(name)) {
        problems.add("option '%s' is not known (%s)".formatted(name, list(OPTIONS)));
      }
    }
    for (var name : secrets.keySet()) {
      if (!SECRETS.contains(name)) {
        problems.add("secret '%s' is not known (%s)".formatted(name, list(SECRETS)));
      }
    }
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

  private SortedMap<String, String> subnets(String region) {
    var found = new TreeMap<String, String>();
    var words = words("subnets");
    if (words.isEmpty()) {
      problems.add(
          "option 'subnets' is missing (zone=subnet, such as %sa=subnet-…)".formatted(region));
    }
    for (var word : words) {
      var parts = word.split("=", 2);
      if (parts.length < 2
          || !ZONE.matcher(parts[0]).matches()
          || !SUBNET.matcher(parts[1]).matches()) {
        problems.add("option 'subnets' has '%s', which is not zone=subnet-id".formatted(word));
      } else if (!parts[0].startsWith(region)) {
        problems.add(
            "option 'subnets' has zone '%s', which is not of region '%s'"
                .formatted(parts[0], region));
      } else if (found.put(parts[0], parts[1]) != null) {
        problems.add("option 'subnets' has zone '%s' twice".formatted(parts[0]));
      }
    }
    atMost("subnets", found.size(), MOST_SUBNETS);
    return found;
  }

  private List<String> securityGroups(LaunchTemplate template) {
    var groups = words("security_groups");
    if (groups.isEmpty() && !template.used()) {
      problems.add("option 'security_groups' (or a launch_template that has them) is missing");
    }
    groups.stream()
        .filter(group -> !GROUP.matcher(group).matches())
        .map(
            "option 'security_groups' has '%s', which is not the id of a security group"::formatted)
        .forEach(problems::add);
    atMost("security_groups", groups.size(), MOST_GROUPS);
    return groups;
  }

  private LaunchTemplate template() {
    var text = option("launch_template");
    var parts = TEMPLATE.matcher(text);
    if (parts.matches()) {
      return new LaunchTemplate(parts.group(1), parts.group(2));
    }
    if (!text.isEmpty()) {
      problems.add(
          "option 'launch_template' is '%s', which is not id:version or name:version with a number"
              .formatted(text));
    }
    return LaunchTemplate.NONE;
  }

  /** Where credentials are sent: encrypted, or not away from this machine. */
  private String address(String name) {
    var text = option(name);
    try {
      var url = text.isEmpty() ? URI.create("https://aws.invalid") : URI.create(text);
      var safe =
          "https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost()));
      if (url.getHost() == null
          || !safe
          || url.getRawQuery() != null
          || url.getUserInfo() != null) {
        throw new IllegalArgumentException(text);
      }
    } catch (IllegalArgumentException e) {
      problems.add("option '%s' is '%s', which is not an https address".formatted(name, text));
    }
    return text;
  }

  private Access access() {
    var first = ownAccess();
    var role = optional("role_arn", ROLE, "the ARN of a role");
    var external = optional("external_id", EXTERNAL, "an external id");
    if (role.isEmpty() && !external.isEmpty()) {
      problems.add("option 'role_arn' is missing, to go with option 'external_id'");
    }
    return role.isEmpty() ? first : new Access.Role(first, role, external);
  }

  private Access ownAccess() {
    return switch (option("credentials")) {
      case "" -> keys();
      case "default" -> {
        if (!secrets.isEmpty()) {
          problems.add("option 'credentials' is 'default', which does not go with secrets");
        }
        yield new Access.OfThisMachine();
      }
      default -> {
        problems.add("option 'credentials' may only be 'default', for those of this machine");
        yield new Access.OfThisMachine();
      }
    };
  }

  private Access keys() {
    for (var name : List.of(KEY_ID, KEY)) {
      if (!secrets.containsKey(name)) {
        problems.add("secret '%s' is missing".formatted(name));
      }
    }
    secrets.forEach(
        (name, value) -> {
          if (!SECRET.matcher(value.strip()).matches()) {
            problems.add("secret '%s' is not 16 to 4096 letters without spaces".formatted(name));
          }
        });
    return new Access.Keys(secret(KEY_ID), secret(KEY), secret(SESSION));
  }

  private String secret(String name) {
    return secrets.getOrDefault(name, "").strip();
  }

  private String option(String name) {
    return account.option(name, "").strip();
  }

  private List<String> words(String name) {
    return Arrays.stream(option(name).split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private void atMost(String name, int size, int most) {
    if (size > most) {
      problems.add("option '%s' has %d parts, more than %d".formatted(name, size, most));
    }
  }

  private static String list(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }
}
