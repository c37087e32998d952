package dev.nimbus.logpipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.service.config.ConfigException;
import dev.nimbus.service.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogPipelineConfigTest {
  private static final Path HOME = Path.of("/srv/nimbus");

  @Test
  void nothingNeedsToBeSet() {
    var config = read(Map.of());

    assertThat(config.port()).isEqualTo(8002);
    assertThat(config.folder()).isEqualTo(HOME.resolve("logs"));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.maxBytes()).isEqualTo(10L << 30);
    assertThat(config.metricsToken().present()).isFalse();
  }

  @Test
  void everythingCanBeSet() {
    var config =
        read(
            Map.of(
                "NIMBUS_LOGS_LISTEN_HOST", "0.0.0.0",
                "NIMBUS_LOGS_PORT", "0",
                "NIMBUS_LOGS_PATH", "/data/logs",
                "NIMBUS_LOGS_RETENTION", "7d",
                "NIMBUS_LOGS_MAX_BYTES", "1GiB",
                "NIMBUS_LOGS_METRICS_TOKEN", "secret",
                "NIMBUS_CONTROL_PLANE_URL", "https://nimbus.example"));

    assertThat(config.listenHost()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isZero();
    assertThat(config.folder()).isEqualTo(Path.of("/data/logs"));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(7));
    assertThat(config.maxBytes()).isEqualTo(1L << 30);
    assertThat(config.controlPlane()).hasHost("nimbus.example");
    assertThat(config.toString()).doesNotContain("secret");
  }

  @Test
  void allMistakesAreReportedTogether() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "NIMBUS_LOGS_PORT", "eighty",
                        "NIMBUS_LOGS_RETENTION", "0s",
                        "NIMBUS_LOGS_MAX_BYTES", "1k")))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  private static LogPipelineConfig read(Map<String, String> environment) {
    var settings = Settings.load(Optional.empty(), environment, LogPipelineConfig.keys());
    var config = LogPipelineConfig.read(settings, HOME);
    settings.done();
    return config;
  }
}
