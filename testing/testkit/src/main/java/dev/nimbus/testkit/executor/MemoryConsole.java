package dev.nimbus.testkit.executor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a sandbox in memory printed; bounded, and readable from anywhere while it grows. */
final class MemoryConsole {
  private static final long MIB = 1024 * 1024;

  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean full;
  private boolean ended;

  MemoryConsole(long limit) {
    this.limit = limit;
  }

  void print(byte[] text) {
    lock.lock();
    try {
      if (!full) {
        var kept = (int) Math.min(text.length, limit - bytes.size());
        bytes.write(text, 0, kept);
        if (kept < text.length) {
          full = true;
          bytes.writeBytes(note().getBytes(StandardCharsets.UTF_8));
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  InputStream stream(long fromByte) {
    return new Stream((int) fromByte);
  }

  private String note() {
    var kept = bytes.toByteArray();
    var broken = kept.length > 0 && kept[kept.length - 1] != '\n';
    return "%snimbus: output limit of %s reached, the rest is dropped\n"
        .formatted(broken ? "\n" : "", limit % MIB == 0 ? limit / MIB + " MiB" : limit + " bytes");
  }

  private final class Stream extends InputStream {
    private int position;

    Stream(int position) {
      this.position = position;
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
      lock.lock();
      try {
        while (bytes.size() <= position && !ended) {
          changed.await();
        }
        var count = Math.min(length, bytes.size() - position);
        if (count <= 0) {
          return -1;
        }
        System.arraycopy(bytes.toByteArray(), position, target, offset, count);
        position += count;
        return count;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while following a console");
      } finally {
        lock.unlock();
      }
    }
  }
}
