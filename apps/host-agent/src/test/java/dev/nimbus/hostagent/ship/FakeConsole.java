package dev.nimbus.hostagent.ship;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;

/** A console a test prints to. */
public final class FakeConsole implements Console {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean ended;

  public synchronized FakeConsole print(String text) {
    return print(text.getBytes(StandardCharsets.UTF_8));
  }

  public synchronized FakeConsole print(byte[] some) {
    bytes.writeBytes(some);
    notifyAll();
    return this;
  }

  public synchronized FakeConsole end() {
    ended = true;
    notifyAll();
    return this;
  }

  @Override
  public InputStream open(long fromByte) {
    return new InputStream() {
      private int offset = (int) fromByte;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] to, int from, int length) throws IOException {
        var some = FakeConsole.this.read(offset, length);
        System.arraycopy(some, 0, to, from, some.length);
        offset += some.length;
        return some.length == 0 ? -1 : some.length;
      }
    };
  }

  private synchronized byte[] read(int offset, int length) throws IOException {
    try {
      while (bytes.size() <= offset && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
    var all = bytes.toByteArray();
    var count = Math.min(length, all.length - offset);
    var some = new byte[count];
    System.arraycopy(all, offset, some, 0, count);
    return some;
  }
}
