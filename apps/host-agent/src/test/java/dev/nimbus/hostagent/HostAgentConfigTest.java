package dev.nimbus.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.hostagent.runner.RunnerDownload;
import dev.nimbus.service.config.CommonKeys;
import dev.nimbus.service.config.ConfigException;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostAgentConfigTest {
  private static final Map<String, String> LEAST =
      Map.of("NIMBUS_HOME", "/tmp/x", "NIMBUS_CONTROL_PLANE_TOKEN", "t");

  @Test
  void aTokenAndAHomeAreEnough() {
    var config = read(Map.of());

    assertThat(config.token().value()).isEqualTo("t");
    assertThat(config.host().value()).isNotEmpty();
    assertThat(config.onStop()).isEqualTo(OnStop.LEAVE);
    assertThat(config.metricsPort()).isEqualTo(9460);
    assertThat(config.runnerTools()).isEqualTo(Path.of("/opt/nimbus/runners"));
    assertThat(config.startTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.disk()).isEqualTo(new DiskLimits(16L << 30, 1L << 30));
  }

  @Test
  void everythingCanBeSet() {
    var config =
        read(
            Map.of(
                "NIMBUS_HOST_ID", "h-7",
                "NIMBUS_AGENT_LABELS", "GPU,big",
                "NIMBUS_AGENT_CPUS", "1.5",
                "NIMBUS_AGENT_MEMORY", "2GiB",
                "NIMBUS_AGENT_RUNNER_DOWNLOADS",
                    "gitea-runner=https://example.org/r#sha256=" + "0".repeat(64),
                "NIMBUS_AGENT_ISOLATION_POLICY", "allow-reduced",
                "NIMBUS_AGENT_ON_STOP", "kill"));

    assertThat(config.host().value()).isEqualTo("h-7");
    assertThat(config.labels()).containsExactly("big", "gpu");
    assertThat(config.runnerDownloads())
        .containsExactly(
            new RunnerDownload(
                ForgeKind.GITEA, URI.create("https://example.org/r"), "0".repeat(64)));
    assertThat(config.milliCpus()).isEqualTo(1_500);
    assertThat(config.memoryBytes()).isEqualTo(2L << 30);
    assertThat(config.isolation()).isEqualTo(new IsolationPolicy.AllowReduced());
    assertThat(config.onStop()).isEqualTo(OnStop.KILL);
  }

  @Test
  void allMistakesAreToldTogether() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "NIMBUS_CONTROL_PLANE_TOKEN", "",
                        "NIMBUS_AGENT_CPUS", "many",
                        "NIMBUS_HOST_ID", "A B",
                        "NIMBUS_AGENT_START_TIMEOUT", "0s",
                        "NIMBUS_AGENT_ON_STOP", "shrug")))
        .isInstanceOfSatisfying(
            ConfigException.class, failure -> assertThat(failure.problems()).hasSize(5));
  }

  private static HostAgentConfig read(Map<String, String> more) {
    var environment = new HashMap<>(LEAST);
    environment.putAll(more);
    var keys = new ArrayList<Key<?>>(HostAgentConfig.keys());
    keys.addAll(CommonKeys.all());
    var settings = Settings.load(Optional.empty(), environment, List.copyOf(keys));
    var config = HostAgentConfig.read(settings);
    settings.done();
    return config;
  }
}
