package dev.nimbus.service.token;

import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long the word of the control plane is believed that a token counts.
 *
 * @param every as long as it answers; then it is asked again
 * @param grace while it does not answer; then the token is refused
 */
public record TokenChecks(Duration every, Duration grace) {
  public static final Key<Duration> EVERY =
      Key.duration(
          "token-check-every",
          "How long the control plane's word is believed that a token was not revoked.",
          "5s");
  public static final Key<Duration> GRACE =
      Key.duration(
          "token-check-grace",
          "The same while the control plane does not answer; then the token is refused.",
          "1m");

  /** Both keys. */
  public static List<Key<?>> keys() {
    return List.of(EVERY, GRACE);
  }

  /** Reads the keys; mistakes are left with the settings. */
  public static TokenChecks read(Settings settings) {
    var checks = new TokenChecks(settings.read(EVERY), settings.read(GRACE));
    if (checks.grace.compareTo(checks.every) < 0) {
      settings.problem("'token-check-grace' is shorter than 'token-check-every'.");
    }
    return checks;
  }
}
