package dev.nimbus.e2e.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The {@code nimbus} under test as an archive somewhere, for machines that have none. */
final class ServedProgram implements AutoCloseable {
  private final HttpServer server;
  private final String sha256;

  private ServedProgram(HttpServer server, String sha256) {
    this.server = server;
    this.sha256 = sha256;
  }

  /** Packs it and serves it. */
  static ServedProgram start(Path folder) throws IOException, InterruptedException {
    return start(folder, Map.of());
  }

  /** The same, which runs with more in its environment. */
  static ServedProgram start(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    var archive = packed(folder, environment);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/nimbus.tgz",
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
          exchange.close();
        });
    server.start();
    return new ServedProgram(server, sha256(archive));
  }

  String url() {
    return "http://127.0.0.1:%d/nimbus.tgz".formatted(server.getAddress().getPort());
  }

  String sha256() {
    return sha256;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static byte[] packed(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    var bin = NimbusProgram.in(folder.resolve("bin"), environment);
    var archive = folder.resolve("nimbus.tgz");
    var tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", bin.toString(), "nimbus")
            .start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(archive);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
