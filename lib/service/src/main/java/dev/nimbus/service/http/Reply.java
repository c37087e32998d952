package dev.nimbus.service.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;

/** The one form of an answer. */
record Reply(int status, List<Header> headers, Content content) implements Response {
  private static final List<Header> JSON =
      List.of(HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json"));

  static List<Header> ofType(String contentType) {
    return contentType.equals("application/json")
        ? JSON
        : List.of(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType));
  }

  @Override
  public Reply with(String header, String value) {
    var name = HeaderNames.create(header);
    var all = new ArrayList<>(headers);
    all.removeIf(existing -> existing.headerName().equals(name));
    all.add(HeaderValues.create(name, value));
    return new Reply(status, List.copyOf(all), content);
  }

  sealed interface Content {}

  record Nothing() implements Content {}

  /** A body that is there already; the array is never changed after. */
  static final class Whole implements Content {
    private final byte[] bytes;

    Whole(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  record Streamed(long length, Body body) implements Content {}

  record Following(Events events) implements Content {}
}
