package dev.nimbus.core.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where machines come from. */
public enum ProviderKind {
  /** Processes on the control plane's own machine. */
  LOCAL,
  /** Machines one already has, reached by SSH. */
  SSH,
  HETZNER,
  AWS,
  GCP,
  AZURE,
  KUBERNETES;

  /** As files and addresses write it, such as {@code aws}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}. */
  public static ProviderKind parse(String word) {
    for (var kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    var known = Arrays.stream(values()).map(ProviderKind::word).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("Not a kind of provider: '" + word + "' (" + known + ")");
  }
}
