package dev.nimbus.adapters.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads no more of an answer than there is room for. */
final class Wire implements Interceptor {
  /** Several times what a page of pods is. */
  static final long MOST_BYTES = 64L * 1024 * 1024;

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    return new Counted(consumer, request);
  }

  private static final class Counted implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final AsyncBody.Consumer<List<ByteBuffer>> reader;
    private final HttpRequest request;
    private long seen;

    Counted(AsyncBody.Consumer<List<ByteBuffer>> reader, HttpRequest request) {
      this.reader = reader;
      this.request = request;
    }

    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody body) throws Exception {
      for (var buffer : buffers) {
        seen += buffer.remaining();
      }
      if (seen > MOST_BYTES) {
        throw new IOException(
            "The answer to %s %s is longer than %d bytes"
                .formatted(request.method(), request.uri().getPath(), MOST_BYTES));
      }
      reader.consume(buffers, body);
    }

    @Override
    public <U> U unwrap(Class<U> target) {
      return reader.unwrap(target);
    }
  }
}
