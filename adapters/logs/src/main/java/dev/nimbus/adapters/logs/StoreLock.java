package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process away from a store: only one may decide what is new. */
final class StoreLock implements AutoCloseable {
  private final FileChannel file;

  private StoreLock(FileChannel file) {
    this.file = file;
  }

  static StoreLock take(Path path) {
    try {
      var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(file)) {
        return new StoreLock(file);
      }
      file.close();
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot lock '" + path + "': " + e, e);
    }
    throw new NimbusException(
        Kind.CONFLICT, "Cannot lock '" + path + "': another process uses this log store");
  }

  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process, which is no better
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot unlock the log store: " + e, e);
    }
  }
}
