package dev.nimbus.adapters.providers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.providers.machine.Accounts;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.ProviderKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SshSettingsTest {
  private static final ControllerId OURS = new ControllerId("ours0001");

  @Test
  void everythingThatIsWrongWithAnAccountIsSaidAtOnce() {
    var options =
        Map.of(
            "hosts", "root@a, nobody, root@a",
            "host_keys", "a ssh-ed25519 no-key\n@cert-authority * ssh-ed25519 AAAA",
            "sudo", "perhaps",
            "slots", "many",
            "state_dir", "/var/lib/$(id)",
            "password", "x");
    var account = Accounts.of(ProviderKind.SSH, options);

    assertThatThrownBy(
            () -> SshProvider.open(account, Map.of("private_key", "hush", "token", "t"), OURS))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContainingAll(
            "'nobody'",
            "names 'a:22' twice",
            "a ssh-ed25519 no-key",
            "@cert-authority",
            "'sudo'",
            "'slots'",
            "'state_dir'",
            "'password'",
            "'token'",
            "'private_key'")
        .hasMessageNotContaining("hush");
  }

  @Test
  void anEmptyAccountLacksHostsAndAKey() {
    var account = Accounts.of(ProviderKind.SSH, Map.of());

    assertThatThrownBy(() -> SshProvider.open(account, Map.of(), OURS))
        .hasMessageContainingAll("'hosts' is missing", "'private_key' is missing");
  }

  @Test
  void hostsAreNamedByTheirAddressOrAsTheirLineSays() {
    assertThat(SshHost.parse("root@web.example:2222"))
        .contains(new SshHost("web.example:2222", "root", "web.example", 2222));
    assertThat(SshHost.parse("big-1=ci@10.0.0.1"))
        .contains(new SshHost("big-1", "ci", "10.0.0.1", 22));
    assertThat(SshHost.parse("six=ci@[fe80::1]:22"))
        .contains(new SshHost("six", "ci", "fe80::1", 22));
    assertThat(SshHost.parse("ci@h:0")).isEmpty();
    assertThat(SshHost.parse("ci@-oProxyCommand=x")).isEmpty();
    assertThat(SshHost.parse("@h")).isEmpty();
  }
}
