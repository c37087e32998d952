package dev.nimbus.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.org.JobRate;
import dev.nimbus.service.config.ConfigException;
import dev.nimbus.service.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ControlPlaneConfigTest {
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @Test
  void aKeyThatIsNoneIsToldWithoutShowingIt() {
    for (var wrong : new String[] {KEY, KEY + " 2026-11", "2026-11 " + KEY.substring(4)}) {
      assertThatThrownBy(() -> read(Map.of("NIMBUS_SECRETS_KEY", wrong)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("'secrets-key' is a secret")
          .hasMessageNotContaining(KEY.substring(4, 20));
    }
  }

  @Test
  void keysAreReadNewestFirst() {
    var config = read(Map.of("NIMBUS_SECRETS_KEY", "new " + KEY + "\nold " + KEY));

    assertThat(config.secretsKeys()).extracting(key -> key.id()).containsExactly("new", "old");
  }

  @Test
  void aRateIsForSomeTime() {
    assertThatThrownBy(() -> read(Map.of("NIMBUS_ORG_RATE_INTERVAL", "0s")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("org-rate-interval");
    assertThat(read(Map.of("NIMBUS_ORG_JOB_RATE_LIMIT", "7")).orgRate())
        .isEqualTo(new JobRate(7, Duration.ofMinutes(1)));
    assertThat(read(Map.of()).orgRate().unlimited()).isTrue();
  }

  private static ControlPlaneConfig read(Map<String, String> environment) {
    var settings = Settings.load(Optional.empty(), environment, ControlPlaneConfig.keys());
    var config = ControlPlaneConfig.read(settings, Path.of("home"));
    settings.done();
    return config;
  }
}
