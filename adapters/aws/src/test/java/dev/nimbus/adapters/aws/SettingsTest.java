package dev.nimbus.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "region", "eu-central-1",
          "subnets", "eu-central-1a=subnet-0a1b2c3d, eu-central-1b=subnet-0a1b2c3d4e5f60718",
          "security_groups", "sg-0a1b2c3d",
          "launch_template", "lt-0a1b2c3d:3",
          "role_arn", "arn:aws:iam::123456789012:role/nimbus",
          "external_id", "acme-7");

  @Test
  void anAccountIsRead() {
    var settings = SettingsReader.read(MotoAccount.account(OPTIONS), MotoAccount.SECRETS);

    assertThat(settings.subnets())
        .containsEntry("eu-central-1a", "subnet-0a1b2c3d")
        .containsEntry("eu-central-1b", "subnet-0a1b2c3d4e5f60718");
    assertThat(settings.template()).isEqualTo(new LaunchTemplate("lt-0a1b2c3d", "3"));
    assertThat(settings.access()).isInstanceOf(Access.Role.class);
    assertThat(settings.toString()).doesNotContain("wJalrXUtnFEMI");
  }

  @Test
  void everythingThatIsMissingOrUnknownIsNamedAtOnce() {
    assertThatThrownBy(() -> open(Map.of("regoin", "eu-central-1"), Map.of("token", "x")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("provider 'aws'")
        .hasMessageContaining("option 'regoin' is not known")
        .hasMessageContaining("secret 'token' is not known")
        .hasMessageContaining("option 'region' is missing")
        .hasMessageContaining("option 'subnets' is missing")
        .hasMessageContaining("option 'security_groups'")
        .hasMessageContaining("secret 'access_key_id' is missing")
        .hasMessageContaining("secret 'secret_access_key' is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "region, Frankfurt",
    "subnets, eu-central-1a",
    "subnets, us-east-1a=subnet-0a1b2c3d",
    "subnets, eu-central-1a=sg-0a1b2c3d",
    "security_groups, default",
    "launch_template, lt-0a1b2c3d",
    "launch_template, lt-0a1b2c3d:$Latest",
    "endpoint, http://ec2.example.org",
    "endpoint, ftp://127.0.0.1",
    "endpoint, https://user@ec2.example.org",
    "sts_endpoint, http://sts.example.org",
    "role_arn, nimbus",
    "external_id, a b",
    "credentials, instance",
  })
  void whatIsMalformedIsNamed(String option, String value) {
    var options = new TreeMap<>(OPTIONS);
    options.put(option, value);

    assertThatThrownBy(() -> open(options, MotoAccount.SECRETS))
        .hasMessageContaining("option '" + option + "'");
  }

  @Test
  void theCredentialsOfThisMachineAreNotUsedUnlessThatIsSaid() {
    var options = new TreeMap<>(OPTIONS);

    assertThatThrownBy(() -> open(options, Map.of()))
        .hasMessageContaining("secret 'access_key_id' is missing");
    options.put("credentials", "default");
    open(options, Map.of());
    assertThatThrownBy(() -> open(options, MotoAccount.SECRETS))
        .hasMessageContaining("does not go with secrets");
  }

  @Test
  void aMistakenSecretIsNotRepeated() {
    var secrets = Map.of("access_key_id", "AKIA1", "secret_access_key", "very secret");

    assertThatThrownBy(() -> open(OPTIONS, secrets))
        .hasMessageContaining("secret 'secret_access_key' is not")
        .hasMessageNotContaining("very secret")
        .hasMessageNotContaining("AKIA1");
  }

  private static void open(Map<String, String> options, Map<String, String> secrets) {
    AwsProvider.open(
            MotoAccount.account(options),
            secrets,
            new ControllerId("ours0001"),
            () -> Instant.EPOCH)
        .close();
  }
}
