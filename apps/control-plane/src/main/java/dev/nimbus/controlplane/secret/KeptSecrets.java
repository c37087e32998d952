package dev.nimbus.controlplane.secret;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.json.Json;
import dev.nimbus.service.secret.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Named secrets of one thing, sealed together for that thing only. Thread-safe. */
public final class KeptSecrets {
  private static final int MAX_SECRETS = 16;
  private static final int MAX_SECRET = 16_384;

  private final Vault vault;

  public KeptSecrets(Vault vault) {
    this.vault = vault;
  }

  /** Seals them for a place such as {@code connection acme/hub}; too many are {@code INVALID}. */
  public Sealed seal(String place, Map<String, String> secrets) {
    checkSize(place, secrets);
    return vault.seal(place, Json.write(new Values(secrets)));
  }

  /** Opens what was sealed for the place; {@code INTERNAL} when its key is lost. */
  public Map<String, String> open(String place, Sealed sealed) {
    return new TreeMap<>(Json.read(vault.open(place, sealed), Values.class).values());
  }

  /** The same, but empty where they cannot be opened. */
  public Optional<Map<String, String>> readable(String place, Sealed sealed) {
    try {
      return Optional.of(open(place, sealed));
    } catch (NimbusException e) {
      return Optional.empty();
    }
  }

  /** Whether they are sealed with the newest key. */
  public boolean current(Sealed sealed) {
    return vault.current(sealed);
  }

  /** More, or longer ones, than anything needs are {@code INVALID}. */
  public static void checkSize(String place, Map<String, String> secrets) {
    var tooLong = secrets.values().stream().anyMatch(value -> value.length() > MAX_SECRET);
    if (secrets.size() > MAX_SECRETS || tooLong) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot keep the secrets of %s: more than %d, or one longer than %d characters"
              .formatted(place, MAX_SECRETS, MAX_SECRET));
    }
  }

  private record Values(Map<String, String> values) {}
}
