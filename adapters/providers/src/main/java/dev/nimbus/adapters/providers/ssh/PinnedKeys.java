package dev.nimbus.adapters.providers.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The keys hosts must show, in lines as OpenSSH's file of known hosts has them. */
final class PinnedKeys {
  private static final int SHOWN = 40;

  private final List<Pin> pins;

  private PinnedKeys(List<Pin> pins) {
    this.pins = List.copyOf(pins);
  }

  private record Pin(KnownHostEntry line, PublicKey key) {
    boolean isFor(SshHost host) {
      return line.isHostMatch(host.address(), host.port());
    }
  }

  /** Reads the lines; empty ones and comments are passed over, and mistakes are told. */
  static PinnedKeys parse(String lines, Consumer<String> problems) {
    var pins = new ArrayList<Pin>();
    lines
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> add(pins, line, problems));
    return new PinnedKeys(pins);
  }

  /** Whether the host may show this key. */
  boolean accept(SshHost host, PublicKey key) {
    return pins.stream().anyMatch(pin -> pin.isFor(host) && KeyUtils.compareKeys(pin.key(), key));
  }

  /** Of which types the keys of a host are, so that it is asked for one of them. */
  Set<String> types(SshHost host) {
    return pins.stream()
        .filter(pin -> pin.isFor(host))
        .map(pin -> KeyUtils.getKeyType(pin.key()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void add(List<Pin> pins, String line, Consumer<String> problems) {
    var shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    if (line.startsWith("@")) {
      problems.accept(
          "option 'host_keys' has '%s': authorities and revoked keys are not supported"
              .formatted(shown));
      return;
    }
    try {
      var entry = KnownHostEntry.parseKnownHostEntry(line);
      var key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
      pins.add(new Pin(entry, key));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      problems.accept(
          "option 'host_keys' has '%s', which is not a line of known hosts".formatted(shown));
    }
  }
}
