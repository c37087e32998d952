package dev.nimbus.service.token;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.identity.PublicKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys a control plane publishes, kept for some minutes and beyond that while it does not
 * answer. Fetched anew at most every five seconds. Thread-safe; blocks while it fetches.
 */
public final class PublishedKeys implements KeySource, AutoCloseable {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MAX_BYTES = 1 << 20;

  private final URI address;
  private final InstantSource time;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Copy copy;
  private long triedAtMillis = Long.MIN_VALUE;

  /** Fetches from the whole address of a JWKS document. */
  public PublishedKeys(URI address, InstantSource time) {
    this.address = address;
    this.time = time;
  }

  @Override
  public List<PublicKey> keys() {
    var known = copy;
    if (known != null && age(known.atMillis()) < FRESH.toMillis()) {
      return known.keys();
    }
    return refreshed();
  }

  @Override
  public List<PublicKey> refreshed() {
    fetching.lock();
    try {
      var known = copy;
      if (triedAtMillis != Long.MIN_VALUE && age(triedAtMillis) < PAUSE.toMillis()) {
        return known == null ? failed(null) : known.keys();
      }
      triedAtMillis = time.millis();
      return fetched(known);
    } finally {
      fetching.unlock();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private List<PublicKey> fetched(@Nullable Copy known) {
    try {
      var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
      var answer =
          client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
      if (answer.statusCode() != 200) {
        throw new IOException("status " + answer.statusCode());
      }
      var fresh = new Copy(Jwks.read(answer.body()), time.millis());
      copy = fresh;
      return fresh.keys();
    } catch (IOException | NimbusException e) {
      return known == null ? failed(e) : known.keys();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return known == null ? failed(e) : known.keys();
    }
  }

  private List<PublicKey> failed(@Nullable Exception cause) {
    var message = "Cannot fetch verification keys from '" + address + "'";
    throw cause == null
        ? new NimbusException(Kind.UNAVAILABLE, message + ": tried a moment ago")
        : new NimbusException(Kind.UNAVAILABLE, message + ": " + reason(cause), cause);
  }

  private static String reason(Exception cause) {
    return cause instanceof ConnectException
        ? "nobody answers there"
        : String.valueOf(cause.getMessage());
  }

  private long age(long sinceMillis) {
    return Math.abs(time.millis() - sinceMillis);
  }

  private record Copy(List<PublicKey> keys, long atMillis) {}
}
