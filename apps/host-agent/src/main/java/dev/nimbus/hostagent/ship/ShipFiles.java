package dev.nimbus.hostagent.ship;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What must outlive the agent about a log on its way: how far it is stored, and where unfinished
 * lines were cut beyond that. A power failure takes the job along, so nothing is forced to disk.
 */
final class ShipFiles {
  private static final int WORDS = 5;

  private final Path place;
  private final Path cuts;
  private long lastCut;

  /** Keeps its files in this folder, which exists. */
  ShipFiles(Path folder) {
    this.place = folder.resolve("position");
    this.cuts = folder.resolve("cuts");
  }

  Place place() throws IOException {
    if (!Files.exists(place)) {
      return Place.START;
    }
    var words = Files.readString(place).strip().split(" ", -1);
    if (words.length != WORDS) {
      throw new IOException("Not a position: '" + place + "'");
    }
    return new Place(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        words[2].equals("1"),
        Long.parseLong(words[3]),
        words[4].equals("1"));
  }

  /** Replaces the place in one step. Cuts before it are forgotten when none is left after it. */
  void save(Place now) throws IOException {
    var text =
        "%d %d %d %d %d%n"
            .formatted(
                now.sequence(),
                now.offset(),
                now.midLine() ? 1 : 0,
                now.lines(),
                now.done() ? 1 : 0);
    var fresh = place.resolveSibling("position.new");
    Files.write(fresh, text.getBytes(StandardCharsets.US_ASCII));
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (lastCut > 0 && lastCut <= now.offset()) {
      Files.deleteIfExists(cuts);
      lastCut = 0;
    }
  }

  /** The offsets of cuts in order; one torn by a crash was never used and is left out. */
  List<Long> cuts() throws IOException {
    var offsets = new ArrayList<Long>();
    if (Files.exists(cuts)) {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(cuts));
      while (bytes.remaining() >= Long.BYTES) {
        offsets.add(bytes.getLong());
      }
      truncateTorn(bytes.remaining());
    }
    lastCut = offsets.isEmpty() ? 0 : offsets.getLast();
    return offsets;
  }

  /** Notes a cut before anybody sees what it gave. */
  void cut(long offset) throws IOException {
    var bytes = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
    Files.write(cuts, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    lastCut = offset;
  }

  private void truncateTorn(int tail) throws IOException {
    if (tail > 0) {
      try (var file = Files.newByteChannel(cuts, StandardOpenOption.WRITE)) {
        file.truncate(file.size() - tail);
      }
    }
  }
}
