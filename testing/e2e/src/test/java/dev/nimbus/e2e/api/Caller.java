package dev.nimbus.e2e.api;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Claims;
import dev.nimbus.service.token.Principal;
import dev.nimbus.service.token.SigningKey;
import dev.nimbus.service.token.TokenMint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Knocks at the doors of a running system as whoever is wanted. */
public final class Caller implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger subjects = new AtomicInteger();
  private final TokenMint mint;

  public Caller(Path signingKey) {
    this.mint = new TokenMint(SigningKey.loadOrCreate(signingKey), "nimbus");
  }

  public HttpResponse<String> call(int port, String method, String path, String bearer)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .timeout(PATIENCE);
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** A token for every tenant that lacks every scope, of a subject nobody had before. */
  public String token(Audience audience) {
    var subject = "s-" + subjects.incrementAndGet();
    var now = SystemTime.clock().instant();
    var principal =
        audience == Audience.JOB
            ? Principal.ofJob(OrgId.DEFAULT, subject, Set.of(), lease(subject))
            : Principal.of(OrgId.DEFAULT, audience, subject, Set.of()).forEveryOrg();
    return mint.mint(new Claims(principal, 0, now.plus(Duration.ofMinutes(5))), now);
  }

  private static Principal.Job lease(String job) {
    return new Principal.Job(new JobId(job), new Fence(1), Repository.NONE);
  }

  @Override
  public void close() {
    client.close();
  }
}
