package dev.nimbus.service.token;

import dev.nimbus.service.config.Secret;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** Secrets that sign tokens by HS256 beside the Ed25519 keys, each for exactly one audience. */
public record SharedSecrets(Map<Audience, Secret> byAudience) {
  private static final int SHORTEST = 8;

  public SharedSecrets {
    byAudience = Map.copyOf(byAudience);
    if (new HashSet<>(byAudience.values()).size() < byAudience.size()) {
      throw new IllegalArgumentException("One secret is set for two audiences of tokens");
    }
    byAudience.forEach(SharedSecrets::check);
  }

  public static SharedSecrets none() {
    return new SharedSecrets(Map.of());
  }

  /** One more secret; one that is not present changes nothing. */
  public SharedSecrets with(Audience audience, Secret secret) {
    if (!secret.present()) {
      return this;
    }
    var more = new EnumMap<Audience, Secret>(Audience.class);
    more.putAll(byAudience);
    more.put(audience, secret);
    return new SharedSecrets(more);
  }

  Optional<Secret> secretFor(Audience audience) {
    return Optional.ofNullable(byAudience.get(audience));
  }

  private static void check(Audience audience, Secret secret) {
    if (secret.value().length() < SHORTEST) {
      throw new IllegalArgumentException(
          "The secret for '%s' tokens is shorter than %d characters"
              .formatted(audience.word(), SHORTEST));
    }
  }
}
