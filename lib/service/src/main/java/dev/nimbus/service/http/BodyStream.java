package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The body of a request, at most so many bytes of it, read under the connection's time limit. */
final class BodyStream extends InputStream {
  private final InputStream source;
  private final Connection connection;
  private final long limit;
  private long taken;
  private boolean ended;

  BodyStream(InputStream source, Connection connection, long limit) {
    this.source = source;
    this.connection = connection;
    this.limit = limit;
  }

  /** Whether everything the client sent was read. */
  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    var count = pull(to, offset, length);
    if (count < 0) {
      ended = true;
      return -1;
    }
    taken += count;
    if (taken > limit) {
      throw tooLarge(limit);
    }
    return count;
  }

  private int pull(byte[] to, int offset, int length) throws IOException {
    connection.readingBody();
    try {
      return source.read(to, offset, length);
    } catch (UncheckedIOException
        | ServerConnectionException
        | DataReader.InsufficientDataAvailableException e) {
      throw new ClientGone(e);
    } finally {
      connection.handling();
    }
  }

  static HttpFailure tooLarge(long limit) {
    return new HttpFailure(
        Problems.reply(
            Kind.EXHAUSTED,
            "too-large",
            "The body is larger than the %d bytes allowed here.".formatted(limit)));
  }
}
