package dev.nimbus.service.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts what is written, so that a body shorter than announced is noticed. */
final class CountedOutput extends FilterOutputStream {
  private long written;

  CountedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    written++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    written += length;
  }

  /** Fails unless exactly so many bytes were written; a negative length expects nothing. */
  void expect(long length) throws IOException {
    if (length >= 0 && written != length) {
      throw new IOException("Body has %d bytes, not %d".formatted(written, length));
    }
  }
}
