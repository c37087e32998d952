package dev.nimbus.core.cache;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Named bytes. A blob is invisible until complete and never changes after. Thread-safe. Keep this
 * interface small.
 */
public interface BlobStore {
  /** Opens a blob; close it when done. A blob being read stays readable after it is deleted. */
  Optional<Blob> open(BlobKey key) throws IOException;

  /** The size in bytes of a blob, without opening it. */
  Optional<Long> size(BlobKey key) throws IOException;

  /**
   * Stores a blob of at most {@code maxBytes}; if one is already there it stays and the content is
   * discarded. On failure, or when content is longer, nothing is visible.
   */
  Put put(BlobKey key, InputStream content, long maxBytes) throws IOException;

  /** A key that is absent is not an error. */
  void delete(BlobKey key) throws IOException;

  /** What the store holds now, and what it gave up since it was opened. */
  Stats stats();

  /**
   * Counts of a store.
   *
   * @param evictions blobs that made room for others
   */
  record Stats(long entries, long bytes, long evictions) {}

  enum Put {
    STORED,
    ALREADY_THERE,
    TOO_LARGE
  }

  /** An open blob. */
  record Blob(InputStream content, long size) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
