package dev.nimbus.cacheproxy;

import dev.nimbus.core.cache.BlobStore;
import dev.nimbus.service.metrics.Metrics;

/** What the store says of itself. */
final class StoreMetrics {
  private StoreMetrics() {}

  static void register(Metrics metrics, BlobStore store) {
    metrics.sample(
        "nimbus_cache_entries", "Blobs in the cache.", () -> (double) store.stats().entries());
    metrics.sample(
        "nimbus_cache_bytes", "What the blobs take.", () -> (double) store.stats().bytes());
    metrics.sampleTotal(
        "nimbus_cache_evictions_total",
        "Blobs that made room for others.",
        () -> (double) store.stats().evictions());
  }
}
