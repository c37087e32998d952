package dev.nimbus.logpipeline;

import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Principal;
import dev.nimbus.service.token.TokenChecks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/** A pipeline on a free port of this machine, and the means to talk to it. */
final class Served implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final String JOB = "job/acme/j-1/1/logs:write";
  static final String READER = "service/acme";

  final Metrics metrics = new Metrics();
  final LogPipeline pipeline;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Served(LogPipelineConfig config) {
    pipeline = LogPipeline.start(config, Served::principal, metrics, InstantSource.system());
  }

  static Served in(Path folder) {
    return new Served(config(folder, 0));
  }

  static LogPipelineConfig config(Path folder, int port) {
    return new LogPipelineConfig(
        "127.0.0.1",
        port,
        folder.resolve("logs"),
        Duration.ofDays(30),
        1 << 30,
        Secret.NONE,
        URI.create("http://127.0.0.1:1"),
        new TokenChecks(Duration.ofSeconds(5), Duration.ofMinutes(1)));
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + pipeline.port());
  }

  LogClient as(String token) {
    return new LogClient(address(), () -> token);
  }

  static String tokenOf(String job) {
    return "job/acme/" + job + "/1/logs:write";
  }

  HttpResponse<String> post(String token, byte[] body) throws IOException, InterruptedException {
    var request = request("/logs", token).POST(BodyPublishers.ofByteArray(body)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
    return client.send(request(path, token).build(), BodyHandlers.ofString());
  }

  Socket connect() throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), pipeline.port()));
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Lines {@code from} to {@code to} of job j-1, both included, that say their number. */
  static LogBatch batch(String job, long from, long to) {
    return new LogBatch(
        job, 1, LongStream.rangeClosed(from, to).mapToObj(i -> line(i, "line " + i)).toList());
  }

  static LogBatch batch(String... texts) {
    var lines =
        LongStream.rangeClosed(1, texts.length)
            .mapToObj(i -> line(i, List.of(texts).get((int) i - 1)))
            .toList();
    return new LogBatch("j-1", 1, lines);
  }

  static LogLine line(long sequence, String text) {
    return new LogLine(null, null, sequence, NOON, "console", "info", text, true);
  }

  /** The value of a metric without labels. */
  double metric(String name) {
    return metrics
        .exposition()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  static void await(BooleanSupplier condition) {
    for (var i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    if (!condition.getAsBoolean()) {
      throw new AssertionError("It did not come to be in 20 seconds");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    pipeline.close();
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(address().resolve(path))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(30));
  }

  /**
   * Believes tokens of the form {@code audience/org}, where the org may be {@code *}, and {@code
   * job/org/job/fence/scope}.
   */
  private static Principal principal(String token) {
    var parts = List.of(token.split("/", -1));
    if (parts.size() == 2 && parts.get(1).equals("*")) {
      return Principal.of(OrgId.DEFAULT, Audience.of(parts.getFirst()), "operator", Set.of("*"))
          .forEveryOrg();
    }
    if (parts.size() == 2) {
      return Principal.of(
          new OrgId(parts.get(1)), Audience.of(parts.getFirst()), "somebody", Set.of("*"));
    }
    if (parts.size() != 5) {
      throw new NimbusException(Kind.DENIED, "The token is not accepted: unknown.");
    }
    var fence = new Fence(Long.parseLong(parts.get(3)));
    return Principal.ofJob(
        new OrgId(parts.get(1)),
        "agent-1",
        Set.of(parts.get(4)),
        new Principal.Job(new JobId(parts.get(2)), fence, Repository.NONE));
  }
}
