package dev.nimbus.adapters.providers.machine;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ProviderAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the account of a provider, and finds all its mistakes at once. */
public final class AccountReader {
  /** Where hosts keep the state of their machines, when nothing else is said. */
  public static final String USUAL_STATE_DIR = "/var/lib/nimbus";

  private static final Pattern FOLDER = Pattern.compile("(/[A-Za-z0-9._-]{1,64}){1,16}");
  private static final int MOST_SLOTS = 1000;

  private final ProviderAccount account;
  private final Map<String, String> secrets;
  private final List<String> problems = new ArrayList<>();

  /** Of this account; names it does not have are mistakes. */
  public AccountReader(
      ProviderAccount account,
      Map<String, String> secrets,
      Set<String> knownOptions,
      Set<String> knownSecrets) {
    this.account = account;
    this.secrets = Map.copyOf(secrets);
    checkNames("option", account.options().keySet(), knownOptions);
    checkNames("secret", secrets.keySet(), knownSecrets);
  }

  /** An option, without spaces around it; empty when it is not set. */
  public String option(String name) {
    return account.option(name, "").strip();
  }

  /** A secret; empty when it is not set. */
  public String secret(String name) {
    return secrets.getOrDefault(name, "");
  }

  /** How many machines a host has room for. */
  public int slots() {
    var text = account.option("slots", "1").strip();
    var slots = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    if (slots < 1 || slots > MOST_SLOTS) {
      problem("option 'slots' is '%s' and not a number from 1 to %d".formatted(text, MOST_SLOTS));
    }
    return slots;
  }

  /** The folder in which a host keeps the state of its machines. */
  public String stateDir() {
    var text = account.option("state_dir", USUAL_STATE_DIR).strip();
    if (!FOLDER.matcher(text).matches() || List.of(text.split("/", -1)).contains("..")) {
      problem(
          "option 'state_dir' is '%s' and not the whole path of a folder, of A-Z a-z 0-9 . _ -"
              .formatted(text));
    }
    return text;
  }

  /** Whether an option is set to true. */
  public boolean flag(String name) {
    var text = account.option(name, "false").strip();
    if (!text.equals("true") && !text.equals("false")) {
      problem("option '%s' is '%s' and not true or false".formatted(name, text));
    }
    return text.equals("true");
  }

  /** Notes a mistake. */
  public void problem(String what) {
    problems.add(what);
  }

  /** Throws {@code INVALID} that names all mistakes, if there are any. */
  public void finish() {
    if (!problems.isEmpty()) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot use provider '%s': %s".formatted(account.name(), String.join("; ", problems)));
    }
  }

  private void checkNames(String what, Set<String> names, Set<String> known) {
    for (var name : new TreeSet<>(names)) {
      if (!known.contains(name)) {
        var all = known.isEmpty() ? "there are none" : String.join(", ", new TreeSet<>(known));
        problem("%s '%s' is not known (%s)".formatted(what, name, all));
      }
    }
  }
}
