package dev.nimbus.adapters.blobs;

import dev.nimbus.core.cache.BlobKey;
import dev.nimbus.core.cache.BlobStore;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Blobs as files below one folder, one folder per tenant, named by the hash of their path. Content
 * goes to a temporary file first, is forced to disk, and then renamed, so a crash leaves nothing
 * but temporary files, which the next opening removes. Together the blobs never take more than a
 * bound: the least recently used make room. One process at a time may use a folder.
 */
public final class FileBlobStore implements BlobStore, AutoCloseable {
  private static final int STRIPES = 64;

  private final Layout layout;
  private final Spool spool;
  private final Room room;
  private final FolderLock lock;
  private final ReentrantLock[] publishing =
      IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  private FileBlobStore(Layout layout, Spool spool, Room room, FolderLock lock) {
    this.layout = layout;
    this.spool = spool;
    this.room = room;
    this.lock = lock;
  }

  /**
   * Opens the folder, making it if need be; {@code UNAVAILABLE} when it cannot be used or another
   * process does.
   *
   * @param maxBytes what all blobs together may take
   */
  public static FileBlobStore open(Path folder, long maxBytes, InstantSource time) {
    return open(folder, maxBytes, time, FileSink::open);
  }

  static FileBlobStore open(Path folder, long maxBytes, InstantSource time, Spool.Opener opener) {
    try {
      var layout = new Layout(folder.toAbsolutePath());
      layout.create();
      var lock = FolderLock.take(folder);
      layout.sweep();
      var room = new Room(maxBytes, time);
      layout.blobs(room::found);
      room.settle();
      return new FileBlobStore(layout, new Spool(layout, room, opener), room, lock);
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use cache folder '" + folder + "': " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Blob> open(BlobKey key) throws IOException {
    var file = layout.file(key);
    try {
      var channel = FileChannel.open(file, StandardOpenOption.READ);
      room.used(file);
      return Optional.of(new Blob(new ChannelStream(channel), channel.size()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Long> size(BlobKey key) throws IOException {
    try {
      return Optional.of(Files.size(layout.file(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A full disk, or blobs in use that cannot make room, are EXHAUSTED with code disk-full. */
  @Override
  public Put put(BlobKey key, InputStream content, long maxBytes) throws IOException {
    var file = layout.file(key);
    if (Files.exists(file)) {
      return Put.ALREADY_THERE;
    }
    try (var spooled = spool.take(content, maxBytes)) {
      return spooled.whole() ? publish(spooled, file) : Put.TOO_LARGE;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  @Override
  public void delete(BlobKey key) throws IOException {
    room.remove(layout.file(key));
  }

  /** Bytes include what is being written. */
  @Override
  public Stats stats() {
    return new Stats(room.entries(), room.bytes(), room.evictions());
  }

  /** Lets another process use the folder. */
  @Override
  public void close() {
    lock.close();
  }

  /** Gives a complete file its name, unless somebody was first. */
  private Put publish(Spool.Spooled spooled, Path file) throws IOException {
    var parent = file.resolveSibling("");
    var stripe = publishing[Math.floorMod(file.hashCode(), STRIPES)];
    stripe.lock();
    try {
      if (Files.exists(file)) {
        return Put.ALREADY_THERE;
      }
      Files.createDirectories(parent);
      room.stamp(spooled.file());
      Files.move(spooled.file(), file, StandardCopyOption.ATOMIC_MOVE);
      room.stored(file, spooled.keep());
    } finally {
      stripe.unlock();
    }
    Layout.force(parent);
    return Put.STORED;
  }

  /** A full disk is not a fault of ours; anything else is thrown as it is. */
  private static IOException explained(IOException e) {
    var why = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (why.contains("no space left") || why.contains("quota exceeded")) {
      throw new NimbusException(
          Kind.EXHAUSTED, "disk-full", "Cannot store a blob: the disk is full", e);
    }
    return e;
  }
}
