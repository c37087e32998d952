package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to be the one agent of a home. It ends with the process, however that ends. */
public final class HomeClaim implements AutoCloseable {
  private final FileChannel file;

  private HomeClaim(FileChannel file) {
    this.file = file;
  }

  /** Claims a home, making it when it is not there; {@code CONFLICT} when another agent has it. */
  public static HomeClaim take(Path home) {
    try {
      Files.createDirectories(home);
      var file =
          FileChannel.open(
              home.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(file)) {
        return new HomeClaim(file);
      }
      file.close();
      throw new NimbusException(
          Kind.CONFLICT, "Cannot start the host agent: another one runs in '" + home + "'");
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use the agent's home '" + home + "': " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new NimbusException(Kind.INTERNAL, "Cannot give up the agent's home", e);
    }
  }

  /** The same process counts as another, too. */
  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }
}
