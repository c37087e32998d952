package dev.nimbus.cacheproxy;

import dev.nimbus.adapters.blobs.FileBlobStore;
import dev.nimbus.service.metrics.Metrics;

/** What the store says of itself. */
final class StoreMetrics {
  private StoreMetrics() {}

  static void register(Metrics metrics, FileBlobStore store) {
    metrics.sample("nimbus_cache_entries", "Blobs in the cache.", store::entries);
    metrics.sample("nimbus_cache_bytes", "What the blobs take.", store::bytes);
    metrics.sampleTotal(
        "nimbus_cache_evictions_total", "Blobs that made room for others.", store::evictions);
  }
}
