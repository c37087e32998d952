package dev.nimbus.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.kubernetes.Access.Proof;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  private static final Map<String, String> TOKEN = Map.of("token", "token-of-a-service-account");
  private static final Map<String, String> OPTIONS =
      Map.of(
          "namespaces", "runners, more-runners",
          "server", "https://10.0.0.1:6443",
          "node_selector", "disk=nvme,example.com/pool=a",
          "tolerations", "runners=yes:NoSchedule, spot",
          "run_as_user", "1000",
          "autoscaled", "true");

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: here
      contexts: [{name: here, context: {cluster: c, user: u}}]
      clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443"}}]
      users: [{name: u, user: {token: token-of-a-service-account}}]
      """;

  @Test
  void anAccountIsRead() {
    var settings = SettingsReader.read(Accounts.account(OPTIONS), TOKEN);

    assertThat(settings.namespaces()).containsExactly("more-runners", "runners");
    assertThat(settings.pods().nodeSelector())
        .containsEntry("disk", "nvme")
        .containsEntry("example.com/pool", "a");
    assertThat(settings.pods().tolerations())
        .containsExactly(
            new Toleration("runners", "yes", "NoSchedule"), new Toleration("spot", "", ""));
    assertThat(settings.autoscaled()).isTrue();
    assertThat(settings.toString()).doesNotContain("token-of-a-service-account");
  }

  @Test
  void everythingThatIsMissingOrUnknownIsNamedAtOnce() {
    assertThatThrownBy(() -> open(Map.of("namespace", "runners"), Map.of("password", "x")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("provider 'cluster'")
        .hasMessageContaining("option 'namespace' is not known")
        .hasMessageContaining("secret 'password' is not known")
        .hasMessageContaining("option 'namespaces' is missing")
        .hasMessageContaining("option 'server' is missing")
        .hasMessageContaining("secret 'kubeconfig' or 'token' is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "namespaces | Runners",
        "namespaces | a/b",
        "node_selector | disk",
        "node_selector | disk=a,disk=b",
        "tolerations | key:Never",
        "priority_class | High Class",
        "runtime_class | ../kata",
        "image_pull_secrets | a_b",
        "run_as_user | root",
        "run_as_user | -1",
        "user_namespaces | yes",
        "autoscaled | 1",
        "service_account | Default!",
        "credentials | default",
      })
  void whatIsMalformedIsNamed(String option, String value) {
    var options = new TreeMap<>(OPTIONS);
    options.put(option, value);

    assertThatThrownBy(() -> open(options, TOKEN)).hasMessageContaining("option '" + option + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1:6443",
        "https://user@10.0.0.1",
        "https://10.0.0.1/?a=b",
        "ftp://127.0.0.1",
        "10.0.0.1:6443",
        "https://",
      })
  void aTokenIsSentNowhereButEncryptedOrToThisMachine(String server) {
    var options = new TreeMap<>(OPTIONS);
    options.put("server", server);

    assertThatThrownBy(() -> open(options, TOKEN)).hasMessageContaining("server '" + server + "'");
  }

  @Test
  void theControlPlanesOwnAccountIsUsedOnlyWhereItIsSaidAndThereIsOne() {
    var options = new TreeMap<>(OPTIONS);
    options.put("credentials", "in-cluster");

    assertThatThrownBy(() -> open(options, TOKEN))
        .hasMessageContaining("does not go with secrets, server or ca_certificate")
        .hasMessageContaining("the control plane is in none");
  }

  @Test
  void aMistakenTokenIsNotRepeated() {
    assertThatThrownBy(() -> open(OPTIONS, Map.of("token", "a secret with spaces")))
        .hasMessageContaining("the token is not")
        .hasMessageNotContaining("a secret with spaces");
  }

  @Test
  void aKubeconfigSaysServerAuthorityAndToken() {
    var settings =
        SettingsReader.read(
            Accounts.account(Map.of("namespaces", "runners")), Map.of("kubeconfig", KUBECONFIG));

    assertThat(settings.access())
        .isEqualTo(
            new Access("https://10.0.0.1:6443", "", new Proof.Token("token-of-a-service-account")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token: token-of-a-service-account | exec: {command: /bin/sh} | a program to be run",
        "token: token-of-a-service-account | auth-provider: {name: oidc} | a program to be run",
        "token: token-of-a-service-account | tokenFile: /etc/shadow | names a file of its user",
        "token: token-of-a-service-account | client-key: /etc/shadow, token: x | names a file of its",
        "token: token-of-a-service-account | client-certificate-data: QUJD | by a certificate",
        "token: token-of-a-service-account | username: a | by a certificate or password",
        "token: token-of-a-service-account | token: token-of-a-service-account, as: root | (as)",
        "token: token-of-a-service-account | {} | has no token",
        "server: | insecure-skip-tls-verify: true, server: | insecure-skip-tls-verify",
        "server: | certificate-authority: /etc/shadow, server: | names the file of an authority",
        "server: | proxy-url: 'http://10.0.0.9', server: | proxy-url",
        "server: | certificate-authority-data: '!', server: | not base64",
        "server: | certificate-authority-data: QUJD, server: | not one in PEM",
        "current-context: here | current-context: there | no current-context",
        "cluster: c, | cluster: d, | lacks the cluster",
      })
  void aKubeconfigThatWantsMoreThanATokenIsRefused(String what, String instead, String why) {
    var changed = KUBECONFIG.replace(what, instead.equals("{}") ? "" : instead);

    assertThat(changed).isNotEqualTo(KUBECONFIG);
    assertThatThrownBy(() -> open(Map.of("namespaces", "runners"), Map.of("kubeconfig", changed)))
        .hasMessageContaining(why)
        .hasMessageNotContaining("token-of-a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "token-of-a-service-account",
        "a: &a [*a, *a]",
        "[[[[[[[[[[[[[[[[[[[["
      })
  void aKubeconfigThatIsNoneIsRefusedWithoutItsText(String text) {
    assertThatThrownBy(() -> open(Map.of("namespaces", "runners"), Map.of("kubeconfig", text)))
        .hasMessageContaining("secret 'kubeconfig'")
        .hasMessageNotContaining("token-of-a");
  }

  @Test
  void aPodOnNodesThatStayCostsNothingMore() {
    var stay = new TreeMap<>(OPTIONS);
    stay.remove("autoscaled");

    assertThat(billing(stay)).isEqualTo(new Billing.Owned());
    assertThat(billing(OPTIONS)).isEqualTo(new Billing.PerSecond(Duration.ZERO));
  }

  private static Billing billing(Map<String, String> options) {
    try (var provider =
        KubernetesProvider.open(Accounts.account(options), TOKEN, new ControllerId("ours0001"))) {
      return provider.billing(Accounts.TYPE);
    }
  }

  private static void open(Map<String, String> options, Map<String, String> secrets) {
    KubernetesProvider.open(Accounts.account(options), secrets, new ControllerId("ours0001"))
        .close();
  }
}
