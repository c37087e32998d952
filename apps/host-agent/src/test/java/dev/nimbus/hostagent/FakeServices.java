package dev.nimbus.hostagent;

import dev.nimbus.api.Paths;
import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.api.lease.TokenReply;
import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogReceipt;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.run.FakeLink;
import dev.nimbus.hostagent.ship.FakeSink;
import dev.nimbus.hostagent.ship.LogSink;
import dev.nimbus.hostagent.ship.Pace;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A control plane and a logging pipeline behind one real port. */
final class FakeServices implements AutoCloseable {
  final FakeLink link = new FakeLink(Pace.real());
  final FakeSink sink = new FakeSink();
  private final AtomicReference<String> goodToken = new AtomicReference<>("token");
  private final HttpServer server;

  FakeServices() {
    var open = Access.open();
    var routes =
        List.of(
            Route.post(Paths.HOSTS, open, this::register).takes(RegisterHost.class),
            Route.post(Paths.LEASES, open, this::poll).takes(LeaseRequest.class),
            Route.post(Paths.LEASE_STARTED, open, r -> Response.json(200, link.started(id(r))))
                .takes(Fenced.class),
            Route.post(Paths.LEASE_RENEW, open, r -> Response.json(200, link.renew(id(r))))
                .takes(Fenced.class),
            Route.post(Paths.LEASE_RUNNER, open, r -> Response.json(200, link.runner(id(r))))
                .takes(Fenced.class),
            Route.post(Paths.LEASE_FINISH, open, this::finish).takes(FinishRequest.class),
            Route.post(Paths.LEASE_TOKEN, open, this::logToken).takes(Fenced.class),
            Route.post(Paths.LOGS, open, this::logs).takes(LogBatch.class).upTo(1 << 24));
    server =
        HttpServer.start(
            HttpConfig.of("127.0.0.1", 0).withShutdownGrace(Duration.ofMillis(10)),
            routes,
            _ -> {
              throw new NimbusException(Kind.DENIED, "no");
            },
            new Metrics());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** A waiting job that runs this in memory and ships its log here. */
  void queue(String job, List<String> steps) {
    queue(FakeLink.grant(job, 1), steps);
  }

  /** A waiting job that is the runner of a forge and ships its log here. */
  void queueRunner(String job, String forge, String tool) {
    queue(FakeLink.runner(job, 1, forge, tool), List.of(tool));
  }

  private void queue(Grant any, List<String> steps) {
    link.queue(
        new Grant(
            any.org(),
            any.job(),
            any.repository(),
            any.fence(),
            any.ttlMs(),
            any.until(),
            steps,
            any.runner(),
            any.env(),
            any.image(),
            any.milliCpus(),
            any.memoryBytes(),
            any.timeoutMs(),
            any.network(),
            any.jobToken(),
            any.cacheToken(),
            new Grant.Services(uri().toString(), "")));
  }

  /** Tokens given so far are worth nothing now. */
  void expireTokens(String next) {
    goodToken.set(next);
  }

  @Override
  public void close() {
    link.away(true);
    server.close();
  }

  private Response register(Request request) {
    return Response.json(200, link.register(request.json(RegisterHost.class)));
  }

  private Response poll(Request request) throws InterruptedException {
    return Response.json(200, link.poll(request.json(LeaseRequest.class)));
  }

  private Response finish(Request request) {
    var body = request.json(FinishRequest.class);
    link.finish(new SandboxId(new JobId(request.param("job")), new Fence(body.fence())), body);
    return Response.empty(204);
  }

  private Response logToken(Request request) {
    link.logToken(id(request));
    return Response.json(200, new TokenReply(goodToken.get(), Instant.EPOCH));
  }

  private Response logs(Request request) {
    if (!request.header("Authorization").orElse("").equals("Bearer " + goodToken.get())) {
      throw new NimbusException(Kind.DENIED, "The token has expired");
    }
    var batch = request.json(LogBatch.class);
    return switch (sink.send(batch.lines())) {
      case LogSink.Receipt.Stored(var last) ->
          Response.json(200, new LogReceipt(batch.attempt(), last));
      case LogSink.Receipt.Unwanted(var why) -> throw new NimbusException(Kind.INTERNAL, why);
    };
  }

  private static SandboxId id(Request request) {
    var body = request.json(Fenced.class);
    return new SandboxId(new JobId(request.param("job")), new Fence(body.fence()));
  }
}
