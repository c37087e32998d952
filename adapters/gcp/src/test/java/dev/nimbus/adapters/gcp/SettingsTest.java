package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "project", "acme-ci",
          "zones", "europe-west3-a, europe-west3-b",
          "subnetworks", "europe-west3=runners",
          "tags", "runner");

  private static final String KEY =
      """
      {"type": "service_account", "project_id": "acme-ci", "private_key_id": "0123abcd",
       "private_key": "-----BEGIN PRIVATE KEY-----\\nVGhlIHNlY3JldA==\\n-----END PRIVATE KEY-----\\n",
       "client_email": "nimbus@acme-ci.iam.gserviceaccount.com", "client_id": "1",
       "auth_uri": "https://accounts.google.com/o/oauth2/auth",
       "token_uri": "https://oauth2.googleapis.com/token", "universe_domain": "googleapis.com"}
      """;

  private static final Map<String, String> SECRETS = Map.of("key", KEY);

  @Test
  void anAccountIsRead() {
    var settings = SettingsReader.read(GceAccount.account(OPTIONS), SECRETS);

    assertThat(settings.zones()).containsExactly("europe-west3-a", "europe-west3-b");
    assertThat(settings.regions()).containsExactly("europe-west3");
    assertThat(settings.networkProject()).isEqualTo("acme-ci");
    assertThat(settings.subnetworks()).containsEntry("europe-west3", "runners");
    assertThat(settings.shielded()).isTrue();
    assertThat(settings.externalIp()).isFalse();
    assertThat(settings.endpoint().compute()).isEqualTo("https://compute.googleapis.com/");
    assertThat(settings.access()).isInstanceOf(Access.Key.class);
    assertThat(settings.toString())
        .contains("nimbus@acme-ci.iam.gserviceaccount.com")
        .doesNotContain("VGhlIHNlY3JldA");
  }

  @Test
  void everythingThatIsMissingOrUnknownIsNamedAtOnce() {
    assertThatThrownBy(() -> open(Map.of("porject", "acme-ci"), Map.of("token", "x")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("provider 'gcp'")
        .hasMessageContaining("option 'porject' is not known")
        .hasMessageContaining("secret 'token' is not known")
        .hasMessageContaining("option 'project' is missing")
        .hasMessageContaining("option 'zones' is missing")
        .hasMessageContaining("option 'network' or option 'subnetworks'")
        .hasMessageContaining("secret 'key' (the JSON of a service account's key) is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "project, Acme",
    "project, acme-ci/zones",
    "zones, europe-west3",
    "zones, europe-west3-a/b",
    "subnetworks, us-east1=runners",
    "network_project, x",
    "network, default",
    "subnetworks, runners",
    "subnetworks, 'europe-west3=runners, europe-west3=other'",
    "tags, Runner",
    "external_ip, true",
    "disk_type, PD",
    "shielded, maybe",
    "service_account, somebody@example.com",
    "service_account, nimbus@acme-ci.iam.gserviceaccount.com",
    "service_account_scopes, devstorage.read_only",
    "check_types, N2 4",
    "check_images, https://x.example/runner",
    "endpoint, http://compute.googleapis.com",
    "endpoint, https://compute.example.org",
    "endpoint, https://googleapis.com.example.org",
    "endpoint, https://user@compute.googleapis.com",
    "endpoint, https://compute.googleapis.com:444",
    "endpoint, https://compute.googleapis.com/?a=b",
    "resource_manager_endpoint, https://10.0.0.1",
    "credentials, instance",
  })
  void whatIsMalformedIsNamed(String option, String value) {
    var options = new TreeMap<>(OPTIONS);
    options.put(option, value);

    assertThatThrownBy(() -> open(options, SECRETS))
        .hasMessageContaining("option '" + option + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "https://compute.europe-west3.rep.googleapis.com",
    "https://compute-nimbus.p.googleapis.com/",
    "http://127.0.0.1:8080",
    "https://localhost",
  })
  void aRegionalAPrivateAndALocalEndpointMayBeAsked(String address) {
    var options = new TreeMap<>(OPTIONS);
    options.put("endpoint", address);

    var settings = SettingsReader.read(GceAccount.account(options), SECRETS);

    assertThat(settings.endpoint().compute()).startsWith(address).endsWith("/");
  }

  @Test
  void theCredentialsOfThisMachineAreNotUsedUnlessThatIsSaidAndGoToGoogleOnly() {
    var options = new TreeMap<>(OPTIONS);

    assertThatThrownBy(() -> open(options, Map.of())).hasMessageContaining("is missing");
    options.put("credentials", "default");
    open(options, Map.of());
    assertThatThrownBy(() -> open(options, SECRETS))
        .hasMessageContaining("does not go with secrets");
    options.put("endpoint", "http://127.0.0.1:1");
    assertThatThrownBy(() -> open(options, Map.of())).hasMessageContaining("goes to Google only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service_account | external_account | is of another type",
        "service_account | authorized_user | is of another type",
        "https://oauth2.googleapis.com/token | https://oauth2.example.org/token | asks for tokens",
        "https://oauth2.googleapis.com/token | http://127.0.0.1:1/token | asks for tokens",
        "\"universe_domain\": \"googleapis.com\" | \"universe_domain\": \"s3ns.fr\" | is of another cloud",
        "nimbus@acme-ci.iam.gserviceaccount.com | a@example.org | has a 'client_email'",
        "\"private_key_id\": \"0123abcd\" | \"x\": \"y\" | lacks 'private_key_id'",
        "-----BEGIN PRIVATE KEY----- | VGhlIHNlY3JldA | has a 'private_key' of another form",
        "{\"type\" | {type | is not the JSON",
        "{\"type\" | [\"type\" | is not the JSON",
      })
  void aKeyIsReadStrictlyAndNotRepeated(String part, String instead, String problem) {
    assertThatThrownBy(() -> open(OPTIONS, Map.of("key", KEY.replace(part, instead))))
        .hasMessageContaining("secret 'key' " + problem)
        .hasMessageNotContaining("VGhlIHNlY3JldA");
  }

  private static void open(Map<String, String> options, Map<String, String> secrets) {
    GcpProvider.open(GceAccount.account(options), secrets, GceAccount.OURS, () -> Instant.EPOCH)
        .close();
  }
}
