package dev.nimbus.adapters.blobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The content of an open file. */
final class ChannelStream extends InputStream {
  private static final int CHUNK_BYTES = 128 << 10;

  private final FileChannel channel;

  ChannelStream(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(to, offset, length));
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    var chunk = new byte[CHUNK_BYTES];
    var total = 0L;
    for (var n = read(chunk); n >= 0; n = read(chunk)) {
      out.write(chunk, 0, n);
      total += n;
    }
    return total;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
