package dev.nimbus.adapters.storage;

import dev.nimbus.core.storage.Storage;
import dev.nimbus.testkit.storage.LeaseStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStorageTest {
  @TempDir private Path folder;

  private Storage fresh() {
    return SqlStorage.open("sqlite:" + folder.resolve("nimbus.db"));
  }

  @Nested
  final class Leases extends LeaseStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }
}
