package dev.nimbus.testkit.log;

import dev.nimbus.core.log.LogStore;
import java.time.InstantSource;

final class MemoryLogStoreTest extends LogStoreContract {
  @Override
  protected LogStore open(InstantSource time) {
    return new MemoryLogStore(time);
  }
}
