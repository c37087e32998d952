package dev.nimbus.service.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks the control plane whether tokens still count, by showing it each token: that needs no
 * credential of the service's own, and gives nothing away. What it said holds for a while, and a
 * longer while when it does not answer; beyond that nobody can tell. That a token counts no more
 * holds for good. Thread-safe; blocks while it asks about a token it knows nothing of.
 */
public final class AskedRevocations implements Revocations, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MAX_BYTES = 1 << 16;
  private static final int REMEMBERED = 20_000;
  private static final int UNAUTHENTICATED = 401;

  private final URI address;
  private final TokenChecks checks;
  private final Predicate<Claims> asked;
  private final InstantSource time;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Cache<ByteBuffer, HeardStanding> heard =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  /**
   * Asks at the whole address where a control plane says how the token stands that is shown to it.
   *
   * @param asked which tokens to ask about; the others count until they expire
   */
  public AskedRevocations(
      URI address, TokenChecks checks, Predicate<Claims> asked, InstantSource time) {
    this.address = address;
    this.checks = checks;
    this.asked = asked;
    this.time = time;
  }

  /** Tokens of people and machines: those that are recorded, and can be revoked. */
  public static boolean recorded(Claims claims) {
    return claims.version() > 0;
  }

  /** Those, and tokens of jobs, which count as long as the lease they came with. */
  public static boolean recordedOrLeased(Claims claims) {
    return recorded(claims) || claims.principal().job().isPresent();
  }

  @Override
  public Optional<String> refusal(String token, Claims claims) {
    if (!asked.test(claims)) {
      return Optional.empty();
    }
    var hash = ByteBuffer.wrap(Keys.sha256(token.getBytes(StandardCharsets.ISO_8859_1)));
    return heard
        .get(hash, _ -> new HeardStanding(checks))
        .refusal(time.millis(), () -> ask(token), this::silent);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** What the control plane says; empty when it says nothing of use. */
  private Optional<TokenStanding> ask(String token) {
    try {
      var request =
          HttpRequest.newBuilder(address)
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .build();
      var answer =
          client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(Json.read(answer.body(), TokenStanding.class));
        case UNAUTHENTICATED -> Optional.of(new TokenStanding(false, "it was revoked"));
        default -> Optional.empty();
      };
    } catch (IOException | NimbusException _) { // No answer; how long matters, not why.
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private NimbusException silent() {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot tell whether the token was revoked: the control plane at '%s' has not said so for %d s"
            .formatted(address, checks.grace().toSeconds()));
  }
}
