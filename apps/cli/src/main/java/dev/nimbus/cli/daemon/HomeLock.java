package dev.nimbus.cli.daemon;

import dev.nimbus.cli.connect.Home;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** What the one daemon of a home holds. The kernel lets go of it when the process is gone. */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty when another process has it. Makes the home when it is new. */
  static Optional<HomeLock> take(Home home) {
    prepare(home);
    try {
      var channel =
          FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel)) {
        return Optional.of(new HomeLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(home, e);
    }
  }

  /** Makes the folders of a home that is new, for nobody else to look into. */
  static void prepare(Home home) {
    try {
      privateFolder(home.folder());
      privateFolder(home.run());
      privateFolder(home.keys());
    } catch (IOException e) {
      throw unusable(home, e);
    }
  }

  private static NimbusException unusable(Home home, IOException e) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot use '" + home.folder() + "' as home: " + e + "; choose another with --home",
        e);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private static void privateFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new NimbusException(Kind.INTERNAL, "Cannot release the lock of the home", e);
    }
  }
}
