package dev.nimbus.adapters.blobs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes content to temporary files, taking room for it as it grows. */
final class Spool {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final long STEP_BYTES = 1 << 20;

  private final Layout layout;
  private final Room room;
  private final Opener opener;

  Spool(Layout layout, Room room, Opener opener) {
    this.layout = layout;
    this.room = room;
    this.opener = opener;
  }

  /** Opens a file for writing. */
  interface Opener {
    Sink open(Path file) throws IOException;
  }

  /** A file being written; a disk may fail at any of these. */
  interface Sink extends AutoCloseable {
    /** Writes all of it. */
    void write(ByteBuffer bytes) throws IOException;

    /** Returns when everything written is on disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Writes all of the content, or stops when it is longer than allowed. Close the result. */
  Spooled take(InputStream content, long maxBytes) throws IOException {
    var file = Files.createTempFile(layout.temporary(), "put-", "");
    var spooled = new Spooled(file, room);
    try {
      spooled.fill(content, maxBytes, opener);
      return spooled;
    } catch (IOException | RuntimeException e) {
      spooled.close();
      throw e;
    }
  }

  /** A temporary file and the room it takes. */
  static final class Spooled implements AutoCloseable {
    private final Path file;
    private final Room room;
    private long taken;
    private long written;
    private boolean whole;

    Spooled(Path file, Room room) {
      this.file = file;
      this.room = room;
    }

    Path file() {
      return file;
    }

    /** Whether it holds everything, and not only what was allowed. */
    boolean whole() {
      return whole;
    }

    /** Its room now belongs to a blob of the size returned. */
    long keep() {
      room.give(taken - written);
      taken = 0;
      return written;
    }

    @Override
    public void close() throws IOException {
      room.give(taken);
      taken = 0;
      Files.deleteIfExists(file);
    }

    private void fill(InputStream content, long maxBytes, Opener opener) throws IOException {
      try (var sink = opener.open(file)) {
        var chunk = new byte[CHUNK_BYTES];
        for (var n = content.read(chunk); n >= 0; n = content.read(chunk)) {
          if (written + n > maxBytes) {
            return;
          }
          reserve(n, maxBytes);
          sink.write(ByteBuffer.wrap(chunk, 0, n));
          written += n;
        }
        sink.force();
        whole = true;
      }
    }

    private void reserve(int more, long maxBytes) throws IOException {
      if (written + more <= taken) {
        return;
      }
      var step = Math.max(more, Math.min(STEP_BYTES, maxBytes - taken));
      if (room.take(step)) {
        taken += step;
      } else if (room.take(more)) {
        taken += more;
      } else {
        throw new NimbusException(
            Kind.EXHAUSTED, "disk-full", "Cannot store a blob: the cache has no room for it");
      }
    }
  }
}
