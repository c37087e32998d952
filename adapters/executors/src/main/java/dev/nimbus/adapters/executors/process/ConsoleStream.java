package dev.nimbus.adapters.executors.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows a console file that somebody else appends to, until the sandbox has ended and all is
 * read. Of a file longer than the limit the part within is given, and then a note.
 */
final class ConsoleStream extends InputStream {
  private static final long SHORTEST_WAIT_MILLIS = 2;
  private static final long LONGEST_WAIT_MILLIS = 25;
  private static final long MIB = 1024 * 1024;

  private final FileChannel file;
  private final long limit;
  private final CountDownLatch ended;
  private long position;

  private ConsoleStream(FileChannel file, long limit, CountDownLatch ended, long position) {
    this.file = file;
    this.limit = limit;
    this.ended = ended;
    this.position = position;
  }

  static ConsoleStream open(Path console, long limit, CountDownLatch ended, long fromByte)
      throws IOException {
    var file = FileChannel.open(console, StandardOpenOption.READ);
    return new ConsoleStream(file, limit, ended, fromByte);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    var wait = SHORTEST_WAIT_MILLIS;
    while (true) {
      var over = ended.getCount() == 0;
      var count = now(ByteBuffer.wrap(target, offset, length));
      if (count > 0 || over) {
        return count > 0 ? count : -1;
      }
      pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
    }
  }

  @Override
  public int available() throws IOException {
    return Math.clamp(Math.min(file.size(), limit) - position, 0, Integer.MAX_VALUE);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Reads what is there; nothing when there is nothing yet. */
  private int now(ByteBuffer target) throws IOException {
    if (position >= limit) {
      return file.size() > limit ? note(target) : 0;
    }
    target.limit((int) Math.min(target.limit(), target.position() + limit - position));
    var count = file.read(target, position);
    position += Math.max(count, 0);
    return count;
  }

  private int note(ByteBuffer target) throws IOException {
    var note = noteText().getBytes(StandardCharsets.UTF_8);
    var from = (int) Math.min(position - limit, note.length);
    var count = Math.min(note.length - from, target.remaining());
    target.put(note, from, count);
    position += count;
    return count;
  }

  private String noteText() throws IOException {
    var last = ByteBuffer.allocate(1);
    var broken = limit > 0 && file.read(last, limit - 1) == 1 && last.get(0) != '\n';
    return "%snimbus: output limit of %s reached, the rest is dropped\n"
        .formatted(broken ? "\n" : "", size(limit));
  }

  private static String size(long bytes) {
    return bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes + " bytes";
  }

  private void pause(long millis) throws IOException {
    try {
      var _ = ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("Interrupted while following a console");
    }
  }
}
