package dev.nimbus.cacheproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.service.config.ConfigException;
import dev.nimbus.service.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CacheProxyConfigTest {
  private static final Path HOME = Path.of("/var/lib/nimbus");

  @Test
  void nothingHasToBeSet() {
    var settings = Settings.load(Optional.empty(), Map.of(), CacheProxyConfig.keys());

    var config = CacheProxyConfig.read(settings, HOME);

    settings.done();
    assertThat(config.port()).isEqualTo(8001);
    assertThat(config.folder()).isEqualTo(HOME.resolve("cache"));
    assertThat(config.maxBytes()).isEqualTo(10L << 30);
  }

  @Test
  void aBlobThatCouldNeverFitIsAMistake() {
    var environment = Map.of("NIMBUS_CACHE_MAX_BYTES", "1G");
    var settings = Settings.load(Optional.empty(), environment, CacheProxyConfig.keys());

    CacheProxyConfig.read(settings, HOME);

    assertThatThrownBy(settings::done)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cache-max-artifact-bytes");
  }
}
