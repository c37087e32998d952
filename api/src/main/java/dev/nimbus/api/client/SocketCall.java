package dev.nimbus.api.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 request on a connection of its own. It is ready in a few milliseconds where {@link
 * java.net.HttpURLConnection} needs thirty in a fresh process, and closing it from another thread
 * ends a read at once, where the other waits for the reader.
 */
final class SocketCall implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;

  private final Socket socket;
  private final InputStream in;
  private int status;
  private String type = "";
  private long length = -1;
  private boolean chunked;

  private SocketCall(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
  }

  /** Sends a request and reads the head of the answer; fails when it takes longer than allowed. */
  static SocketCall send(
      URI url, String method, Map<String, String> headers, byte[] body, Duration answer)
      throws IOException {
    var secure = "https".equals(url.getScheme());
    var port = url.getPort() < 0 ? usualPort(secure) : url.getPort();
    var plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout((int) answer.toMillis());
      plain.connect(new InetSocketAddress(url.getHost(), port), CONNECT_MILLIS);
      var socket = secure ? Tls.over(plain, url.getHost(), port) : plain;
      var call = new SocketCall(socket);
      socket.getOutputStream().write(request(url, method, headers, body));
      call.head();
      return call;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static int usualPort(boolean secure) {
    return secure ? 443 : 80;
  }

  private static byte[] request(URI url, String method, Map<String, String> headers, byte[] body) {
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    var head = new StringBuilder(256);
    head.append(method).append(' ').append(url.getRawPath()).append(query).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(url.getRawAuthority()).append("\r\nConnection: close\r\n");
    headers.forEach(
        (name, value) -> head.append(name).append(": ").append(clean(value)).append("\r\n"));
    if (!method.equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    var start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    var whole = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }

  private static String clean(String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("A header value has a line break");
    }
    return value;
  }

  private void head() throws IOException {
    var first = line();
    if (!first.startsWith("HTTP/1.") || first.length() < 12) {
      throw new IOException("the answer is not HTTP: '" + first + "'");
    }
    status = Integer.parseInt(first, 9, 12, 10);
    for (var i = 0; i < MAX_HEADERS; i++) {
      var line = line();
      if (line.isEmpty()) {
        return;
      }
      header(line);
    }
    throw new IOException("the answer has more than " + MAX_HEADERS + " headers");
  }

  private void header(String line) {
    var colon = line.indexOf(':');
    var value = line.substring(colon + 1).strip();
    switch (colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "content-type" -> type = value;
      case "content-length" -> length = Long.parseLong(value);
      case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
      default -> {}
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended early");
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("the answer has a line longer than " + MAX_LINE);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  /** What follows the head. */
  InputStream body() {
    if (chunked) {
      return new ChunkedStream(in);
    }
    return length < 0 ? in : new BoundedStream(in, length);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
