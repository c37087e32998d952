package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ConnectionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Sessions of queues in files of this control plane alone. Not in the database: a control plane
 * that found another's there would end a session that is in use.
 */
public final class SeatFiles implements Seats {
  private static final int LONGEST = 100;
  private static final String UNFINISHED = ".tmp";
  private static final Pattern NAME =
      Pattern.compile(
          "(?<connection>[a-z0-9][a-z0-9-]{0,63})-[0-9a-f]*(" + Pattern.quote(UNFINISHED) + ")?");

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
      var file = file(place);
      var fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
      Files.writeString(fresh, session);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("keep", place, e);
    }
  }

  /**
   * Forgets the sessions of connections that are gone, and what crashes left of those. Repeatable.
   *
   * @param known the connections there are; asked for once the files are listed, so that one made
   *     meanwhile loses nothing
   */
  public void sweep(Supplier<Set<ConnectionId>> known) {
    try {
      var files = files();
      var kept = known.get();
      for (var file : files) {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && !kept.contains(new ConnectionId(name.group("connection")))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot sweep the sessions of queues in '%s'".formatted(folder), e);
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      var all = new ArrayList<Path>();
      files.forEach(all::add);
      return all;
    } catch (NoSuchFileException e) {
      return List.of(); // Nobody has listened yet.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
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
