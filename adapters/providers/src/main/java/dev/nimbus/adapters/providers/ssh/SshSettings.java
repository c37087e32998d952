package dev.nimbus.adapters.providers.ssh;

import dev.nimbus.adapters.providers.machine.AccountReader;
import dev.nimbus.core.provider.ProviderAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * What an account says.
 *
 * @param keys we show, the first that a host takes
 * @param sudo whether scripts run as root by {@code sudo}, which must not ask for a password
 */
record SshSettings(
    List<SshHost> hosts,
    PinnedKeys pinned,
    List<KeyPair> keys,
    int slots,
    String stateDir,
    boolean sudo) {
  private static final Set<String> OPTIONS =
      Set.of("hosts", "host_keys", "slots", "state_dir", "sudo");
  private static final Set<String> SECRETS = Set.of("private_key", "passphrase");
  private static final int MOST_HOSTS = 100;

  SshSettings {
    hosts = List.copyOf(hosts);
    keys = List.copyOf(keys);
  }

  /** Reads an account; {@code INVALID} names everything that is missing, unknown or wrong. */
  static SshSettings read(ProviderAccount account, Map<String, String> secrets) {
    var reader = new AccountReader(account, secrets, OPTIONS, SECRETS);
    var settings =
        new SshSettings(
            hosts(reader),
            PinnedKeys.parse(reader.option("host_keys"), reader::problem),
            keys(reader),
            reader.slots(),
            reader.stateDir(),
            reader.flag("sudo"));
    reader.finish();
    return settings;
  }

  private static List<SshHost> hosts(AccountReader reader) {
    var text = reader.option("hosts");
    if (text.isEmpty()) {
      reader.problem("option 'hosts' is missing (user@address:port, …)");
      return List.of();
    }
    var found = new ArrayList<SshHost>();
    var names = new HashSet<String>();
    for (var one : text.split(",", -1)) {
      var host = SshHost.parse(one.strip());
      if (host.isEmpty()) {
        reader.problem(
            "option 'hosts' has '%s', which is not user@address:port or name=user@address:port"
                .formatted(one.strip()));
      } else if (!names.add(host.get().name())) {
        reader.problem("option 'hosts' names '%s' twice".formatted(host.get().name()));
      }
      host.ifPresent(found::add);
    }
    if (found.size() > MOST_HOSTS) {
      reader.problem("option 'hosts' names more than %d".formatted(MOST_HOSTS));
    }
    return found;
  }

  private static List<KeyPair> keys(AccountReader reader) {
    var text = reader.secret("private_key").strip() + "\n";
    if (text.isBlank()) {
      reader.problem("secret 'private_key' is missing");
      return List.of();
    }
    try {
      var found = new ArrayList<KeyPair>();
      SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName("private_key"),
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
              FilePasswordProvider.of(reader.secret("passphrase")))
          .forEach(found::add);
      return found;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      reader.problem(
          "secret 'private_key' is no private key of OpenSSH or PEM, or 'passphrase' does not fit");
      return List.of();
    }
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "hosts %s, state in %s".formatted(hosts, stateDir);
  }
}
