package dev.nimbus.controlplane.provider;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.storage.ProviderStore;
import dev.nimbus.service.time.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The id of this installation, kept beside the keys as well as in the database: so that whoever
 * loses the database and starts anew still knows which machines are its own.
 */
public final class ControllerFile {
  private static final int LENGTH = 8;

  private final Path file;

  public ControllerFile(Path file) {
    this.file = file;
  }

  /**
   * The id: the database's, which several control planes share; for a new database the file's; for
   * a new installation a fresh one.
   */
  public ControllerId id(ProviderStore store, Ids ids) {
    var kept = read();
    var id = store.controller(kept.orElseGet(() -> fresh(ids)));
    if (kept.filter(id::equals).isEmpty()) {
      write(id);
    }
    return id;
  }

  private static ControllerId fresh(Ids ids) {
    var letters = new StringBuilder("n");
    for (var value : ids.secret(LENGTH - 1)) {
      letters.append(Character.forDigit(Math.floorMod(value, 36), 36));
    }
    return new ControllerId(letters.toString());
  }

  private Optional<ControllerId> read() {
    try {
      return Files.exists(file)
          ? Optional.of(new ControllerId(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new NimbusException(
          Kind.INVALID, "Cannot read the id of this installation from '" + file + "': " + e, e);
    }
  }

  private void write(ControllerId id) {
    try {
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(next, id + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot keep the id of this installation in '" + file + "': " + e, e);
    }
  }
}
