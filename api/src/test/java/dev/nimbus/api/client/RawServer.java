package dev.nimbus.api.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Answers every connection with the same bytes and then, unless told to stay, hangs up. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listening;
  private final String answer;
  private final CountDownLatch stay;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private RawServer(String answer, int stay) {
    this.answer = answer.replace("\n", "\r\n");
    this.stay = new CountDownLatch(stay);
    try {
      listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  static RawServer answering(String answer) {
    return new RawServer(answer, 0);
  }

  static RawServer answeringAndStaying(String answer) {
    return new RawServer(answer, 1);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  TextClient client() {
    return new TextClient(url(), () -> "secret");
  }

  /** The heads of the requests that came. */
  List<String> heads() {
    return heads;
  }

  private void serve() {
    try {
      while (true) {
        try (var socket = listening.accept()) {
          var in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
          var head = new StringBuilder();
          for (var line = in.readLine(); !"".equals(line); line = in.readLine()) {
            head.append(line).append('\n');
          }
          heads.add(head.toString());
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          stay.await();
        }
      }
    } catch (IOException e) {
      stay.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      stay.countDown();
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
