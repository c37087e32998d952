package dev.nimbus.testkit.storage;

import dev.nimbus.core.storage.Storage;
import org.junit.jupiter.api.Nested;

final class MemoryStorageTest {
  @Nested
  final class Leases extends LeaseStoreContract {
    @Override
    protected Storage open() {
      return new MemoryStorage();
    }
  }
}
