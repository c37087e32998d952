package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;

/**
 * Sessions of queues in files of this control plane alone. Not in the database: a control plane
 * that found another's there would end a session that is in use.
 */
public final class SeatFiles implements Seats {
  private static final int LONGEST = 100;

  private final Path folder;

  public SeatFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public String last(Place place) {
    try {
      var text = Files.readString(file(place)).strip();
      return text.length() <= LONGEST ? text : "";
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw failed("read", place, e);
    }
  }

  @Override
  public void opened(Place place, String session) {
    try {
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, ".seat", ".tmp");
      Files.writeString(fresh, session);
      Files.move(fresh, file(place), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("keep", place, e);
    }
  }

  private Path file(Place place) {
    var queue = HexFormat.of().formatHex(place.queue().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(place.connection().id() + "-" + queue);
  }

  private static NimbusException failed(String doing, Place place, IOException e) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot %s the session of queue '%s' of '%s': %s"
            .formatted(doing, place.queue(), place.connection().name(), e),
        e);
  }
}
