package dev.nimbus.cacheproxy;

import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Histogram;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.SystemTime;

/** Counts what clients read and write. */
final class Traffic {
  private static final double[] SECONDS = {0.01, 0.05, 0.1, 0.25, 0.5, 1, 2};

  private final Counter requests;
  private final Counter hits;
  private final Counter misses;
  private final Counter bytesRead;
  private final Counter bytesWritten;
  private final Histogram seconds;

  Traffic(Metrics metrics) {
    requests = metrics.counter("nimbus_cache_requests_total", "Requests for blobs.", "op");
    hits = metrics.counter("nimbus_cache_hits_total", "Blobs that were there.");
    misses = metrics.counter("nimbus_cache_misses_total", "Blobs that were not there.");
    bytesRead = metrics.counter("nimbus_cache_bytes_read_total", "Bytes clients were sent.");
    bytesWritten = metrics.counter("nimbus_cache_bytes_written_total", "Bytes clients stored.");
    seconds =
        metrics.histogram(
            "nimbus_cache_proxy_request_latency_seconds",
            "Time to send or store a whole blob.",
            SECONDS,
            "op");
  }

  /** A request begins; the result is for {@link #took}. */
  long begins(String op) {
    requests.increment(op);
    return SystemTime.nanos();
  }

  void took(String op, long began) {
    seconds.observe((SystemTime.nanos() - began) / 1e9, op);
  }

  void hit() {
    hits.increment();
  }

  void miss() {
    misses.increment();
  }

  void read(long bytes) {
    bytesRead.add((double) bytes);
  }

  void written(long bytes) {
    bytesWritten.add((double) bytes);
  }
}
