package dev.nimbus.cacheproxy;

import dev.nimbus.api.Paths;
import dev.nimbus.core.cache.BlobKey;
import dev.nimbus.core.cache.BlobStore;
import dev.nimbus.core.error.Kind;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.token.Audience;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;

/** The plain protocol: one blob by key, within the tenant of the token. */
final class CacheRoutes {
  private static final String BYTES = "application/octet-stream";

  private final BlobStore store;
  private final long maxArtifactBytes;
  private final Traffic traffic;

  CacheRoutes(BlobStore store, long maxArtifactBytes, Traffic traffic) {
    this.store = store;
    this.maxArtifactBytes = maxArtifactBytes;
    this.traffic = traffic;
  }

  List<Route> routes() {
    var read = Access.bearer(Audience.JOB, "cache:read");
    var write = Access.bearer(Audience.JOB, "cache:write");
    return List.of(
        Route.get(Paths.CACHE, read, this::get)
            .does("getBlob", "Fetch a blob")
            .answersBytes(200, BYTES)
            .refuses(Kind.NOT_FOUND),
        Route.head(Paths.CACHE, read, this::head)
            .does("findBlob", "Ask whether there is a blob and how long it is")
            .answers(200)
            .refuses(Kind.NOT_FOUND),
        Route.put(Paths.CACHE, write, this::put)
            .does("putBlob", "Store a blob; one that is there already is left as it is")
            .takesBytes(BYTES)
            .upTo(maxArtifactBytes)
            .answers(201)
            .answers(200));
  }

  private Response get(Request request) throws IOException {
    var began = traffic.begins("get");
    var found = store.open(key(request));
    if (found.isEmpty()) {
      traffic.miss();
      return absent(request);
    }
    traffic.hit();
    var blob = found.get();
    return Response.stream(200, BYTES, OptionalLong.of(blob.size()), to -> send(blob, to, began));
  }

  private void send(BlobStore.Blob blob, OutputStream to, long began) throws IOException {
    try (blob) {
      blob.content().transferTo(to);
      traffic.read(blob.size());
      traffic.took("get", began);
    }
  }

  private Response head(Request request) throws IOException {
    traffic.begins("head");
    var size = store.size(key(request));
    return size.isEmpty()
        ? absent(request)
        : Response.stream(200, BYTES, OptionalLong.of(size.get()), _ -> {});
  }

  private Response put(Request request) throws IOException {
    var began = traffic.begins("put");
    var key = key(request);
    var put = store.put(key, request.stream(), maxArtifactBytes);
    traffic.took("put", began);
    return switch (put) {
      case STORED -> {
        store.size(key).ifPresent(traffic::written);
        yield Response.empty(201);
      }
      case ALREADY_THERE -> alreadyThere(request);
      case TOO_LARGE ->
          Response.problem(
              Kind.EXHAUSTED,
              "too-large",
              "Cannot store '%s': larger than %d bytes".formatted(key.path(), maxArtifactBytes));
    };
  }

  /** Takes what the client is sending anyway; one that waits to be invited is not. */
  private static Response alreadyThere(Request request) throws IOException {
    if (request.header("Expect").isEmpty()) {
      request.stream().transferTo(OutputStream.nullOutputStream());
    }
    return Response.empty(200).with("Nimbus-Cache", "already-there");
  }

  private static Response absent(Request request) {
    return Response.problem(Kind.NOT_FOUND, "", "There is no blob '" + request.param("key") + "'.");
  }

  private static BlobKey key(Request request) {
    return new BlobKey(request.principal().org(), request.param("key"));
  }
}
