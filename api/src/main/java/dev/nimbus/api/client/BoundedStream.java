package dev.nimbus.api.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The next so many bytes of a stream, all of which must come. */
final class BoundedStream extends InputStream {
  private final InputStream from;
  private long left;

  BoundedStream(InputStream from, long length) {
    this.from = from;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    var count = from.read(to, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the connection ended early");
    }
    left -= count;
    return count;
  }
}
