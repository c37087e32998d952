package dev.nimbus.api.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body that arrives in chunks, as RFC 9112 has them; trailers are skipped with the rest. */
final class ChunkedStream extends InputStream {
  private static final int MAX_DIGITS = 8;

  private final InputStream from;
  private long left;
  private boolean first = true;
  private boolean ended;

  ChunkedStream(InputStream from) {
    this.from = from;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    var count = from.read(to, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the connection ended early");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (!first && !line().isEmpty()) {
      throw new IOException("a chunk is longer than it said");
    }
    first = false;
    var size = line();
    var digits = size.indexOf(';') < 0 ? size : size.substring(0, size.indexOf(';'));
    if (digits.isBlank() || digits.strip().length() > MAX_DIGITS) {
      throw new IOException("not the size of a chunk: '" + size + "'");
    }
    left = Long.parseLong(digits.strip(), 16);
    ended = left == 0;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var c = from.read(); c != '\n'; c = from.read()) {
      if (c < 0 || line.length() > 256) {
        throw new EOFException("the connection ended early");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
