package dev.nimbus.adapters.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.FluxUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads no answer further than it may be long, and waits no longer than a while to ask again. */
record BoundedClient(HttpClient inner) implements HttpClient {
  private static final long LONGEST_ANSWER = 32L * 1024 * 1024;
  private static final int LONGEST_PAUSE_SECONDS = 20;

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return inner.send(request).map(Bounded::new);
  }

  /** For whoever waits for this answer to be over before asking again by itself. */
  static void shortenPause(HttpHeaders headers) {
    var asked = headers.getValue(HttpHeaderName.RETRY_AFTER);
    if (asked != null
        && (!asked.matches("\\d{1,6}") || Integer.parseInt(asked) > LONGEST_PAUSE_SECONDS)) {
      headers.set(HttpHeaderName.RETRY_AFTER, String.valueOf(LONGEST_PAUSE_SECONDS));
    }
  }

  private static final class Bounded extends HttpResponse {
    private final HttpResponse inner;

    Bounded(HttpResponse inner) {
      super(inner.getRequest());
      this.inner = inner;
    }

    @Override
    public int getStatusCode() {
      return inner.getStatusCode();
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
      return inner.getHeaders().getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
      return inner.getHeaders();
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      var read = new AtomicLong();
      return inner
          .getBody()
          .handle(
              (part, sink) -> {
                if (read.addAndGet(part.remaining()) > LONGEST_ANSWER) {
                  sink.error(
                      new IOException("an answer is longer than " + LONGEST_ANSWER + " bytes"));
                } else {
                  sink.next(part);
                }
              });
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return FluxUtil.collectBytesInByteBufferStream(getBody());
    }

    @Override
    public Mono<String> getBodyAsString() {
      return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
