package dev.nimbus.adapters.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A real file on a real disk. */
record FileSink(FileChannel channel) implements Spool.Sink {
  static FileSink open(Path file) throws IOException {
    return new FileSink(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
