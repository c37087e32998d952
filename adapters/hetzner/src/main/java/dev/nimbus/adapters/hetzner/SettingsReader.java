package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ProviderAccount;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads an account, and finds all its mistakes at once. */
final class SettingsReader {
  private static final Set<String> OPTIONS =
      Set.of(
          "locations",
          "server_types",
          "images",
          "ssh_keys",
          "networks",
          "firewalls",
          "public_ipv4",
          "public_ipv6",
          "endpoint");

  private static final String TOKEN = "token";
  private static final Set<String> SECRETS = Set.of(TOKEN);
  private static final String ENDPOINT = "https://api.hetzner.cloud/v1";

  private static final Pattern LOCATION = Pattern.compile("[a-z]{2,12}[0-9]{0,3}");
  private static final Pattern SERVER_TYPE = Pattern.compile("[a-z]{1,8}[0-9]{1,4}[a-z0-9-]{0,8}");
  private static final Pattern IMAGE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Pattern SSH_KEY = Pattern.compile("[^,\\p{Cntrl}]{1,100}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,15}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{16,256}");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int MOST = 32;

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
    checkNames("secret", secrets.keySet(), SECRETS);
    var locations = words("locations", LOCATION, "a location, such as fsn1");
    if (option("locations").isEmpty()) {
      problems.add("option 'locations' is missing (such as fsn1, nbg1)");
    }
    return new Settings(
        account.name(),
        endpoint(),
        locations,
        words("server_types", SERVER_TYPE, "a server type, such as cpx22"),
        words("images", IMAGE, "the name or number of an image"),
        words("ssh_keys", SSH_KEY, "the name or number of an SSH key"),
        network(),
        token());
  }

  private Settings.Network network() {
    var network =
        new Settings.Network(
            flag("public_ipv4"), flag("public_ipv6"), numbers("networks"), numbers("firewalls"));
    var open = network.ipv4() || network.ipv6();
    if (!open && option("networks").isEmpty()) {
      problems.add("option 'networks' is missing: a machine would have no address at all");
    }
    if (!open && !network.firewalls().isEmpty()) {
      problems.add("option 'firewalls' needs public_ipv4 or public_ipv6: they guard nothing else");
    }
    return network;
  }

  private Settings.Token token() {
    var token = secrets.getOrDefault(TOKEN, "").strip();
    if (token.isEmpty()) {
      problems.add("secret 'token' is missing");
    } else if (!SECRET.matcher(token).matches()) {
      problems.add("secret 'token' is not 16 to 256 letters without spaces");
    }
    return new Settings.Token(token);
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

  private boolean flag(String name) {
    return switch (option(name)) {
      case "", "true" -> true;
      case "false" -> false;
      default -> {
        problems.add(
            "option '%s' is '%s', which is not true or false".formatted(name, option(name)));
        yield true;
      }
    };
  }

  private List<Long> numbers(String name) {
    return words(name, NUMBER, "a number").stream().map(Long::valueOf).toList();
  }

  /** Those of an option that are as they should be. */
  private List<String> words(String name, Pattern form, String what) {
    var all =
        Arrays.stream(option(name).split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .distinct()
            .toList();
    if (all.size() > MOST) {
      problems.add("option '%s' has %d parts, more than %d".formatted(name, all.size(), MOST));
    }
    all.stream()
        .filter(word -> !form.matcher(word).matches())
        .map(word -> "option '%s' has '%s', which is not %s".formatted(name, word, what))
        .forEach(problems::add);
    return all.stream().filter(word -> form.matcher(word).matches()).toList();
  }

  /** Where the token is sent: encrypted, or not away from this machine. */
  private URI endpoint() {
    var text = option("endpoint").isEmpty() ? ENDPOINT : option("endpoint");
    try {
      var url = URI.create(text.replaceFirst("/+$", ""));
      var safe =
          "https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost()));
      if (url.getHost() != null
          && safe
          && url.getRawQuery() == null
          && url.getRawFragment() == null
          && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as of one that is an address and not the right one.
    }
    problems.add("option 'endpoint' is '%s', which is not an https address".formatted(text));
    return URI.create(ENDPOINT);
  }

  private String option(String name) {
    return account.option(name, "").strip();
  }
}
