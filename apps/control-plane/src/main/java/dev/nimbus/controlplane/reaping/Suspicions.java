package dev.nimbus.controlplane.reaping;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.ProviderAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Since when differences between records and providers are seen, sweep after sweep. */
final class Suspicions {
  private final Map<String, Instant> since = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  /** Forgets what was not seen since this was last called. */
  void sweep() {
    since.keySet().retainAll(seen);
    seen.clear();
  }

  /** Whether it was seen like this for as long as it takes to believe it. */
  boolean believed(
      ProviderAccount account,
      MachineName machine,
      String difference,
      Duration after,
      Instant now) {
    var key = prefix(account, machine) + difference;
    seen.add(key);
    return !since.computeIfAbsent(key, _ -> now).plus(after).isAfter(now);
  }

  /** Nothing is known of the account this time: what was suspected stays so. */
  void keep(ProviderAccount account) {
    keep(prefix(account));
  }

  /** Nothing is known of the machine this time. */
  void keep(ProviderAccount account, MachineName machine) {
    keep(prefix(account, machine));
  }

  private void keep(String prefix) {
    since.keySet().stream().filter(key -> key.startsWith(prefix)).forEach(seen::add);
  }

  private static String prefix(ProviderAccount account) {
    return account.org() + "/" + account.name() + "/";
  }

  private static String prefix(ProviderAccount account, MachineName machine) {
    return prefix(account) + machine + "/";
  }
}
