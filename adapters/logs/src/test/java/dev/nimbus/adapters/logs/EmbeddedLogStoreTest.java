package dev.nimbus.adapters.logs;

import dev.nimbus.core.log.LogStore;
import dev.nimbus.testkit.log.LogStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedLogStoreTest extends LogStoreContract {
  @TempDir private Path folder = Path.of("");

  @Override
  protected LogStore open(InstantSource time) {
    return EmbeddedLogStore.open(folder.resolve("logs"), StoreLimits.upTo(1 << 30), time);
  }
}
