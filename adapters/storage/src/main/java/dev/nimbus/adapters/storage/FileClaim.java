package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * This process's exclusive right to a database file, kept by a lock on a file beside it. The
 * operating system ends it with the process, however that dies.
 */
final class FileClaim implements AutoCloseable {
  private final FileChannel channel;

  private FileClaim(FileChannel channel) {
    this.channel = channel;
  }

  /** Claims a database file and makes its folder where that is missing. */
  static FileClaim take(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var channel =
          FileChannel.open(
              Path.of(file + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw taken(file);
      }
      return new FileClaim(channel);
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot open database '%s': %s".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // this very process has it open
    }
  }

  private static NimbusException taken(Path file) {
    return new NimbusException(
        Kind.CONFLICT,
        ("Cannot open database '%s': another Nimbus process uses it. Stop that one, or let both use"
                + " PostgreSQL, which several control planes may share")
            .formatted(file));
  }
}
