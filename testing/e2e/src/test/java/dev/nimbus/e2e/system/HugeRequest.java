package dev.nimbus.e2e.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A body nobody wants, sent as fast as it is taken. */
final class HugeRequest {
  private static final int PATIENCE = (int) Duration.ofMinutes(1).toMillis();

  private HugeRequest() {}

  /** Submits a job of so many bytes; gives the first line of the answer. */
  static String send(URI url, String token, long bytes) {
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(PATIENCE);
      var to = socket.getOutputStream();
      to.write(head(url, token, bytes).getBytes(StandardCharsets.US_ASCII));
      Thread.ofVirtual().start(() -> body(to, bytes));
      var answer = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return String.valueOf(new BufferedReader(answer).readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(URI url, String token, long bytes) {
    return """
    POST /api/jobs HTTP/1.1\r
    Host: %s\r
    Authorization: Bearer %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    """
        .formatted(url.getAuthority(), token, bytes);
  }

  private static void body(OutputStream to, long bytes) {
    var piece = new byte[1 << 16];
    try {
      for (var sent = 0L; sent < bytes; sent += piece.length) {
        to.write(piece);
      }
    } catch (IOException e) {
      return; // refused, as it should be
    }
  }

  /** The memory a process has used at most. */
  static long memory(Process process) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
