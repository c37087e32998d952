package dev.nimbus.hostagent.runner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches what has a known sum, and nothing else. Redirects are followed, but not from HTTPS to
 * plain HTTP.
 *
 * @param mostBytes what is longer is not fetched to its end
 * @param patience for all of it
 */
public record Fetching(long mostBytes, Duration patience) {
  public static final Fetching USUAL = new Fetching(1L << 30, Duration.ofMinutes(10));

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  /** {@code INVALID} when the sum is another; {@code UNAVAILABLE} when trying again may help. */
  void fetch(RunnerDownload download, Path file) throws InterruptedException {
    try (var client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECTING)
            .build()) {
      var reply = reply(client, download, file);
      if (reply.statusCode() != 200) {
        throw unavailable(download, new IOException("it answers " + reply.statusCode()));
      }
      check(download, sum(file));
    } catch (IOException e) {
      throw unavailable(download, e);
    }
  }

  private HttpResponse<Path> reply(HttpClient client, RunnerDownload download, Path file)
      throws InterruptedException {
    var request = HttpRequest.newBuilder(download.url()).timeout(patience).build();
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofFile(file), mostBytes));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unavailable(download, e);
    } catch (TimeoutException e) {
      var late = "it took longer than " + patience.toSeconds() + " s";
      throw unavailable(download, new IOException(late, e));
    } finally {
      client.shutdownNow();
    }
  }

  private static void check(RunnerDownload download, String sum) {
    if (!sum.equals(download.sha256())) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot use '%s': its sha256 is %s, not %s"
              .formatted(download.url(), sum, download.sha256()));
    }
  }

  private static String sum(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static NimbusException unavailable(RunnerDownload download, Exception cause) {
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot fetch '" + download.url() + "': " + cause.getMessage(), cause);
  }
}
