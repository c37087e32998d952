package dev.nimbus.testkit.cache;

import dev.nimbus.core.cache.BlobKey;
import dev.nimbus.core.cache.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory, without any bound but that of each blob. */
public final class MemoryBlobStore implements BlobStore {
  private final ConcurrentHashMap<BlobKey, byte[]> blobs = new ConcurrentHashMap<>();

  @Override
  public Optional<Blob> open(BlobKey key) {
    return Optional.ofNullable(blobs.get(key))
        .map(bytes -> new Blob(new ByteArrayInputStream(bytes), bytes.length));
  }

  @Override
  public Optional<Long> size(BlobKey key) {
    return Optional.ofNullable(blobs.get(key)).map(bytes -> (long) bytes.length);
  }

  @Override
  public Put put(BlobKey key, InputStream content, long maxBytes) throws IOException {
    if (blobs.containsKey(key)) {
      return Put.ALREADY_THERE;
    }
    var bytes = content.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
    if (bytes.length > maxBytes) {
      return Put.TOO_LARGE;
    }
    return blobs.putIfAbsent(key, bytes) == null ? Put.STORED : Put.ALREADY_THERE;
  }

  @Override
  public Stats stats() {
    var bytes = blobs.values().stream().mapToLong(blob -> blob.length).sum();
    return new Stats(blobs.size(), bytes, 0);
  }

  @Override
  public void delete(BlobKey key) {
    blobs.remove(key);
  }
}
