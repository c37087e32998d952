package dev.nimbus.testkit.cache;

import dev.nimbus.core.cache.BlobStore;

final class MemoryBlobStoreTest extends BlobStoreContract {
  private final BlobStore store = new MemoryBlobStore();

  @Override
  protected BlobStore store() {
    return store;
  }
}
