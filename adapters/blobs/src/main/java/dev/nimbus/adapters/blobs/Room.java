package dev.nimbus.adapters.blobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the blobs take, and in which order they were last used. Room is taken before it is filled,
 * so that blobs and what is being written never exceed the bound together. Thread-safe.
 */
final class Room {
  /** How far the time kept with a file may lag behind its use. */
  private static final long LAG_MILLIS = Duration.ofHours(1).toMillis();

  private final long maxBytes;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Path, Entry> byUse = new LinkedHashMap<>(64, 0.75f, true);
  private final List<Entry> unsorted = new ArrayList<>();
  private long bytes;
  private long stored;
  private long evictions;

  Room(long maxBytes, InstantSource time) {
    this.maxBytes = maxBytes;
    this.time = time;
  }

  /** A blob from an earlier life. */
  void found(Path file, long size, long usedMillis) {
    unsorted.add(new Entry(file, size, usedMillis));
  }

  /** All blobs were found: puts them in order and gives up what is beyond the bound. */
  void settle() throws IOException {
    unsorted.sort(Comparator.comparingLong(Entry::usedMillis));
    for (var entry : unsorted) {
      byUse.put(entry.file(), entry);
      bytes += entry.size();
      stored += entry.size();
    }
    unsorted.clear();
    take(0);
  }

  /** Takes room, other blobs giving way; false when even that does not make enough. */
  boolean take(long more) throws IOException {
    lock.lock();
    try {
      if (bytes - stored + more > maxBytes) {
        return false;
      }
      while (bytes + more > maxBytes) {
        forget(byUse.firstEntry().getValue());
        evictions++;
      }
      bytes += more;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back room that was taken and not filled. */
  void give(long unused) {
    lock.lock();
    try {
      bytes -= unused;
    } finally {
      lock.unlock();
    }
  }

  /** Room that was taken is now a blob of exactly that size. */
  void stored(Path file, long size) {
    lock.lock();
    try {
      var replaced = byUse.put(file, new Entry(file, size, time.millis()));
      stored += size;
      if (replaced != null) {
        stored -= replaced.size();
        bytes -= replaced.size();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A blob was read. */
  void used(Path file) throws IOException {
    var now = time.millis();
    lock.lock();
    try {
      var entry = byUse.get(file);
      if (entry == null || now - entry.usedMillis() < LAG_MILLIS) {
        return;
      }
      byUse.put(file, new Entry(file, entry.size(), now));
    } finally {
      lock.unlock();
    }
    if (Files.exists(file)) {
      stamp(file);
    }
  }

  /** Keeps the time of this use with the file, for later lives. */
  void stamp(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.millis()));
  }

  void remove(Path file) throws IOException {
    lock.lock();
    try {
      var entry = byUse.get(file);
      if (entry == null) {
        Files.deleteIfExists(file);
      } else {
        forget(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  long entries() {
    lock.lock();
    try {
      return byUse.size();
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  long evictions() {
    lock.lock();
    try {
      return evictions;
    } finally {
      lock.unlock();
    }
  }

  private void forget(Entry entry) throws IOException {
    Files.deleteIfExists(entry.file());
    byUse.remove(entry.file());
    bytes -= entry.size();
    stored -= entry.size();
  }

  private record Entry(Path file, long size, long usedMillis) {}
}
