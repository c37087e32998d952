package dev.nimbus.cacheproxy;

import dev.nimbus.api.Paths;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.core.cache.BlobStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.token.Audience;
import java.time.Instant;
import java.util.Map;

/** What the proxy says of itself to operators and to other services. */
final class StatusRoute {
  private final BlobStore store;
  private final long maxBytes;
  private final Instant startedAt;

  StatusRoute(BlobStore store, long maxBytes, Instant startedAt) {
    this.store = store;
    this.maxBytes = maxBytes;
    this.startedAt = startedAt;
  }

  Route route() {
    return Route.get(
            Paths.STATUS,
            Access.bearer(Audience.ADMIN, Audience.SERVICE),
            _ -> Response.json(200, status()))
        .does("getStatus", "Say how the service is")
        .answers(200, ServiceStatus.class);
  }

  private ServiceStatus status() {
    var stats = store.stats();
    var facts =
        Map.of(
            "entries", Long.toString(stats.entries()),
            "bytes", Long.toString(stats.bytes()),
            "max_bytes", Long.toString(maxBytes),
            "evictions", Long.toString(stats.evictions()));
    return new ServiceStatus("cache-proxy", ServiceStatus.VERSION, startedAt, facts);
  }
}
