package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account with a provider of machines as it should be. */
public record ApplyProvider(
    @Meaning(words = {"local", "ssh", "hetzner", "aws", "gcp", "azure", "kubernetes"}) String kind,
    @Meaning("What this kind of provider asks for.") @Nullable Map<String, String> options,
    @Meaning("Keys and tokens; those left out stay as they are, an empty one is forgotten.")
        @Nullable Map<String, String> secrets) {
  /** Without the secrets. */
  @Override
  public String toString() {
    return kind + " with " + options;
  }
}
