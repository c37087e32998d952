package dev.nimbus.adapters.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A disk that takes nothing. */
final class FullDisk implements Spool.Sink {
  private final String why;

  FullDisk(String why) {
    this.why = why;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    throw new IOException(why);
  }

  @Override
  public void force() {}

  @Override
  public void close() {}
}
