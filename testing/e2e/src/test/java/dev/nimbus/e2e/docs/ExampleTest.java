package dev.nimbus.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cacheproxy.CacheProxyConfig;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.logpipeline.LogPipelineConfig;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example is a configuration one can start from. */
final class ExampleTest {
  private static final Pattern OFF = Pattern.compile("(?m)^# ([a-z-]+:.*)$");
  private static final Pattern NAMED = Pattern.compile("(?m)^(?:# )?([a-z][a-z-]*):");

  /** Read before there is a file, or only by the launcher. */
  private static final Set<String> ONLY_ENVIRONMENT =
      Set.of(
          "boot-ticket",
          "config",
          "java-home",
          "java-options",
          "machine",
          "machine-notices",
          "metadata-url",
          "token");

  private final String example = Tree.here().text("examples/nimbus.yaml");

  @TempDir Path folder;

  @Test
  void everyServiceStartsFromItAsItIs() throws IOException {
    var settings = load(example);
    read(settings);
    settings.done();
  }

  @Test
  void everyLineThatIsOffCanBeTurnedOn() throws IOException {
    var settings = load(OFF.matcher(example).replaceAll("$1"));
    Keys.all().forEach(settings::find);
    read(settings);
    settings.done();
  }

  @Test
  void everyKeyIsInIt() {
    var named = NAMED.matcher(example).results().map(key -> key.group(1));
    var known = Keys.all().stream().map(Key::name).filter(key -> !ONLY_ENVIRONMENT.contains(key));
    assertThat(named).containsExactlyInAnyOrderElementsOf(known.toList());
  }

  private Settings load(String text) throws IOException {
    var file = Files.writeString(folder.resolve("nimbus.yaml"), text);
    var given = Map.of("NIMBUS_CONTROL_PLANE_TOKEN", "secret", "NIMBUS_HOME", folder.toString());
    return Settings.load(Optional.of(file), given, Keys.all());
  }

  private void read(Settings settings) {
    var _ = ControlPlaneConfig.read(settings, folder);
    var _ = CacheProxyConfig.read(settings, folder);
    var _ = LogPipelineConfig.read(settings, folder);
    var _ = HostAgentConfig.read(settings);
  }
}
