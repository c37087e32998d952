package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.host.RegisterReply;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.api.lease.RenewReply;
import dev.nimbus.api.lease.TokenReply;
import dev.nimbus.controlplane.dispatch.Hosts;
import dev.nimbus.controlplane.dispatch.Keeping;
import dev.nimbus.controlplane.identity.JobTokens;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.job.Work;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** What host agents ask and say. A token speaks for exactly one host: the one it names. */
public final class AgentRoutes {
  private static final long MAX_BODY = 64 * 1024;

  /** How long a job waits that no host can run now. */
  private static final Duration NOT_NOW = Duration.ofMinutes(1);

  private final Hosts hosts;
  private final Keeping keeping;
  private final JobTokens tokens;
  private final Grant.Services services;
  private final Terms terms;

  public AgentRoutes(
      Hosts hosts, Keeping keeping, JobTokens tokens, Grant.Services services, Terms terms) {
    this.hosts = hosts;
    this.keeping = keeping;
    this.tokens = tokens;
    this.services = services;
    this.terms = terms;
  }

  /** How long a lease lasts, and how often a job may fail to start. */
  public record Terms(Duration ttl, int maxAttempts) {
    private long ttlMs() {
      return ttl.toMillis();
    }
  }

  public List<Route> routes(Access agent) {
    return List.of(
        Route.post(Paths.HOSTS, agent, this::register)
            .does("registerHost", "Say what a host is and what it still holds")
            .takes(RegisterHost.class)
            .upTo(MAX_BODY)
            .answers(200, RegisterReply.class),
        Route.post(Paths.LEASES, agent, this::poll)
            .does("askForLeases", "Wait for jobs to run, or for one to be stopped")
            .takes(LeaseRequest.class)
            .upTo(MAX_BODY)
            .answers(200, LeaseReply.class)
            .refuses(Kind.CONFLICT),
        Route.post(Paths.LEASE_STARTED, agent, this::started)
            .does("startLease", "Say that the sandbox of a job runs")
            .takes(Fenced.class)
            .upTo(MAX_BODY)
            .answers(200, RenewReply.class)
            .refuses(Kind.CONFLICT),
        Route.post(Paths.LEASE_RENEW, agent, this::renew)
            .does("renewLease", "Keep a lease")
            .takes(Fenced.class)
            .upTo(MAX_BODY)
            .answers(200, RenewReply.class)
            .refuses(Kind.CONFLICT),
        Route.post(Paths.LEASE_FINISH, agent, this::finish)
            .does("finishLease", "Say how a job ended, or give it back")
            .takes(FinishRequest.class)
            .upTo(MAX_BODY)
            .answers(204)
            .refuses(Kind.NOT_FOUND, Kind.CONFLICT),
        Route.post(Paths.LEASE_TOKEN, agent, this::logToken)
            .does("getLogToken", "Get a token for the log of a job the host holds or held")
            .takes(Fenced.class)
            .upTo(MAX_BODY)
            .answers(200, TokenReply.class)
            .refuses(Kind.NOT_FOUND));
  }

  private Response register(Request request) {
    var body = request.json(RegisterHost.class);
    var host = speaking(request, body.host());
    var org = request.principal().org();
    if (body.shared() && !request.principal().everyOrg()) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot register host '%s' as shared: its token is for tenant '%s' only"
              .formatted(host, org));
    }
    var registration =
        new Registration(
            host,
            org,
            body.shared() ? Host.Sharing.ALL : Host.Sharing.OWN,
            Labels.of(body.labels()),
            new Size(body.milliCpus(), body.memoryBytes()),
            body.slots(),
            body.reductions(),
            body.version());
    var sandboxes = body.held().stream().map(SandboxId::parse).collect(Collectors.toSet());
    var drop = hosts.register(registration, sandboxes).stream().map(SandboxId::name).toList();
    return Response.json(200, new RegisterReply(org.value(), terms.ttlMs(), drop));
  }

  private Response poll(Request request) throws InterruptedException {
    var body = request.json(LeaseRequest.class);
    var host = speaking(request, body.host());
    var free = new Size(body.freeMilliCpus(), body.freeMemoryBytes());
    try (var _ = request.shutdown().onRequest(() -> hosts.wake(host))) {
      var served = hosts.poll(host, free, body.slots(), Duration.ofMillis(body.waitMs()));
      return Response.json(
          200,
          new LeaseReply(
              served.leases().stream().map(this::grant).toList(),
              served.cancel().stream().map(JobId::value).toList()));
    }
  }

  private Response started(Request request) {
    var body = request.json(Fenced.class);
    var host = speaking(request, body.host());
    var kept = keeping.started(host, job(request), new Fence(body.fence()));
    return Response.json(200, new RenewReply(kept.until(), terms.ttlMs(), kept.cancelling(), null));
  }

  private Response renew(Request request) {
    var body = request.json(Fenced.class);
    var host = speaking(request, body.host());
    var held = held(request, body);
    var kept = keeping.renew(host, held.job(), held.fence());
    var token = tokens.renewed(host, held, kept.until()).orElse(null);
    return Response.json(
        200, new RenewReply(kept.until(), terms.ttlMs(), kept.cancelling(), token));
  }

  private Response finish(Request request) {
    var body = request.json(FinishRequest.class);
    var host = speaking(request, body.host());
    var fence = new Fence(body.fence());
    switch (body.ending()) {
      case "not_run" -> keeping.giveBack(host, job(request), fence, givingBack(body));
      case "not_now" ->
          keeping.giveBack(
              host, job(request), fence, new GivingBack.Postponed(body.reason(), NOT_NOW));
      default -> keeping.finish(host, job(request), fence, outcome(body), used(body));
    }
    return Response.empty(204);
  }

  private static Usage used(FinishRequest body) {
    return new Usage(
        Duration.ofMillis(Math.max(0, Objects.requireNonNullElse(body.cpuMs(), 0L))),
        Math.max(0, Objects.requireNonNullElse(body.peakMemoryBytes(), 0L)));
  }

  private Response logToken(Request request) {
    var body = request.json(Fenced.class);
    var host = speaking(request, body.host());
    var issued = tokens.forLog(host, held(request, body));
    return Response.json(200, new TokenReply(issued.token(), issued.expiresAt()));
  }

  private Grant grant(Lease lease) {
    var job = lease.job();
    var spec = job.spec();
    var size = job.requirements().size();
    return new Grant(
        job.org().value(),
        job.id().value(),
        job.repository().value(),
        lease.fence().value(),
        terms.ttlMs(),
        lease.until(),
        spec.command(),
        spec.work() instanceof Work.Runner(var forge) ? forge.word() : null,
        spec.environment(),
        spec.image(),
        size.milliCpus(),
        size.memoryBytes(),
        spec.timeout().toMillis(),
        spec.network().name().toLowerCase(Locale.ROOT),
        tokens.forLog(lease),
        tokens.forCache(lease).orElse(null),
        services);
  }

  private GivingBack givingBack(FinishRequest body) {
    return body.countsAsAttempt()
        ? new GivingBack.Failed(body.reason(), terms.maxAttempts())
        : new GivingBack.Unrun(body.reason());
  }

  private static Outcome outcome(FinishRequest body) {
    var conclusion =
        switch (body.ending()) {
          case "succeeded" -> Conclusion.SUCCEEDED;
          case "failed" -> Conclusion.FAILED;
          case "cancelled" -> Conclusion.CANCELLED;
          case "timed_out" -> Conclusion.TIMED_OUT;
          default ->
              throw new NimbusException(
                  Kind.INVALID, "A host cannot end a job as '" + body.ending() + "'");
        };
    return new Outcome(conclusion, body.exitCode(), body.reason());
  }

  private static JobId job(Request request) {
    return new JobId(request.param("job"));
  }

  private static SandboxId held(Request request, Fenced body) {
    return new SandboxId(job(request), new Fence(body.fence()));
  }

  static HostId speaking(Request request, String named) {
    var host = new HostId(named);
    if (!request.principal().subject().equals(host.value())) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot speak for host '%s': the token is for '%s'"
              .formatted(host, request.principal().subject()));
    }
    return host;
  }
}
