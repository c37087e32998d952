package dev.nimbus.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One kept-alive HTTP/1.1 connection that does as little as possible, so that a load generator on
 * the machine it loads takes little from it. Understands answers with a content length only.
 */
final class RawConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;
  private final byte[] line = new byte[8 * 1024];

  RawConnection(URI base, String token) throws IOException {
    this.socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 5_000);
    socket.setSoTimeout(60_000);
    this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    this.out = socket.getOutputStream();
    this.head =
        "Host: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
            .formatted(base.getHost(), base.getPort(), token);
  }

  /** Everything of a request but its body's length and the body. */
  byte[] head(String method, String path, String extra) {
    return (method + " " + path + " HTTP/1.1\r\n" + head + extra)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends a request and returns the body of its answer, which must have the status. */
  byte[] exchange(byte[] head, byte[] body, int status) throws IOException {
    var length =
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    var request = new byte[head.length + length.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(length, 0, request, head.length, length.length);
    System.arraycopy(body, 0, request, head.length + length.length, body.length);
    out.write(request);
    out.flush();
    return answer(status);
  }

  private byte[] answer(int status) throws IOException {
    var first = readLine();
    var length = 0;
    for (var header = readLine(); !header.isEmpty(); header = readLine()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    var body = in.readNBytes(length);
    if (!first.startsWith(Integer.toString(status), 9)) {
      throw new IOException(
          "Expected status "
              + status
              + " but got '"
              + first
              + "': "
              + new String(body, StandardCharsets.UTF_8));
    }
    return body;
  }

  private String readLine() throws IOException {
    var at = 0;
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || at == line.length) {
        throw new IOException("The answer broke off or has an endless line");
      }
      line[at++] = (byte) c;
    }
    return new String(
        line, 0, at > 0 && line[at - 1] == '\r' ? at - 1 : at, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
