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
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.dispatch.Keeping;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.token.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What host agents ask and say. A token speaks for exactly one host: the one it names. */
public final class AgentRoutes {
  private static final long MAX_BODY = 64 * 1024;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(50);

  private final Storage storage;
  private final Dispatch dispatch;
  private final Keeping keeping;
  private final Issuing issuing;
  private final Grant.Services services;
  private final Duration ttl;
  private final int maxAttempts;
  private final InstantSource time;

  public AgentRoutes(
      Storage storage,
      Dispatch dispatch,
      Keeping keeping,
      Issuing issuing,
      Grant.Services services,
      Duration ttl,
      int maxAttempts,
      InstantSource time) {
    this.storage = storage;
    this.dispatch = dispatch;
    this.keeping = keeping;
    this.issuing = issuing;
    this.services = services;
    this.ttl = ttl;
    this.maxAttempts = maxAttempts;
    this.time = time;
  }

  public List<Route> routes(Access agent) {
    return List.of(
        Route.post(Paths.HOSTS, agent, this::register).upTo(MAX_BODY),
        Route.post(Paths.LEASES, agent, this::poll).upTo(MAX_BODY),
        Route.post(Paths.LEASE_STARTED, agent, this::started).upTo(MAX_BODY),
        Route.post(Paths.LEASE_RENEW, agent, this::renew).upTo(MAX_BODY),
        Route.post(Paths.LEASE_FINISH, agent, this::finish).upTo(MAX_BODY),
        Route.post(Paths.LEASE_TOKEN, agent, this::logToken).upTo(MAX_BODY));
  }

  private Response register(Request request) {
    var body = request.json(RegisterHost.class);
    var host = speaking(request, body.host());
    var principal = request.principal();
    if (body.shared() && !principal.everyOrg()) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot register host '%s' as shared: its token is for tenant '%s' only"
              .formatted(host, principal.org()));
    }
    storage
        .hosts()
        .register(
            new Registration(
                host,
                principal.org(),
                body.shared() ? Host.Sharing.ALL : Host.Sharing.OWN,
                Labels.of(body.labels()),
                new Size(body.milliCpus(), body.memoryBytes()),
                body.slots(),
                body.reductions(),
                body.version()),
            time.instant());
    dispatch.expel(host);
    var held = storage.leases().heldBy(host);
    var named = body.held().stream().map(SandboxId::parse).collect(Collectors.toSet());
    var drop = named.stream().filter(box -> !stillHeld(box, held)).map(SandboxId::name).toList();
    held.forEach((job, fence) -> takeBackUnlessKnown(host, new SandboxId(job, fence), named));
    return Response.json(200, new RegisterReply(principal.org().value(), ttl.toMillis(), drop));
  }

  private Response poll(Request request) throws InterruptedException {
    var body = request.json(LeaseRequest.class);
    var host = speaking(request, body.host());
    if (!storage.hosts().seen(host, time.instant())) {
      throw new NimbusException(
          Kind.CONFLICT, "not-registered", "Host '%s' must register first".formatted(host));
    }
    var known = storage.hosts().find(host).orElseThrow();
    var offer =
        new Offer(
            host,
            known.org(),
            known.sharing(),
            known.labels(),
            new Size(body.freeMilliCpus(), body.freeMemoryBytes()),
            Math.clamp(body.slots(), 0, known.slots()));
    var wait = Duration.ofMillis(Math.clamp(body.waitMs(), 0, LONGEST_WAIT.toMillis()));
    try (var _ = request.shutdown().onRequest(() -> dispatch.wake(host))) {
      var served = dispatch.poll(offer, wait);
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
    return Response.json(
        200, new RenewReply(kept.until(), ttl.toMillis(), kept.cancelling(), null));
  }

  private Response renew(Request request) {
    var body = request.json(Fenced.class);
    var host = speaking(request, body.host());
    var fence = new Fence(body.fence());
    var kept = keeping.renew(host, job(request), fence);
    return Response.json(
        200,
        new RenewReply(
            kept.until(),
            ttl.toMillis(),
            kept.cancelling(),
            freshToken(host, job(request), fence, kept.until())));
  }

  private Response finish(Request request) {
    var body = request.json(FinishRequest.class);
    var host = speaking(request, body.host());
    var fence = new Fence(body.fence());
    if (body.ending().equals("not_run")) {
      keeping.giveBack(host, job(request), fence, givingBack(body));
    } else {
      keeping.finish(host, job(request), fence, outcome(body));
    }
    return Response.empty(204);
  }

  private Response logToken(Request request) {
    var body = request.json(Fenced.class);
    var host = speaking(request, body.host());
    var job = job(request);
    var fence = new Fence(body.fence());
    var org =
        storage
            .leases()
            .tenantOf(host, job, fence)
            .orElseThrow(
                () ->
                    new NimbusException(
                        Kind.NOT_FOUND,
                        "Host '%s' never held job '%s' under fence %s"
                            .formatted(host, job, fence)));
    var issued = issuing.forLog(org, new Principal.Job(job, fence, Repository.NONE));
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
        ttl.toMillis(),
        lease.until(),
        spec.command(),
        spec.environment(),
        spec.image(),
        size.milliCpus(),
        size.memoryBytes(),
        spec.timeout().toMillis(),
        spec.network().name().toLowerCase(Locale.ROOT),
        issuing.forLog(lease),
        cacheToken(lease),
        services);
  }

  /** None for a job that could not reach the cache. */
  private @Nullable String cacheToken(Lease lease) {
    var reachable =
        !services.cacheUrl().isEmpty() && lease.job().spec().network() != NetworkAccess.NONE;
    return reachable ? issuing.forCache(lease) : null;
  }

  private @Nullable String freshToken(HostId host, JobId job, Fence fence, Instant until) {
    return storage
        .leases()
        .tenantOf(host, job, fence)
        .flatMap(org -> storage.jobs().find(org, job))
        .map(found -> issuing.forLog(new Lease(found, host, fence, until)))
        .orElse(null);
  }

  private static boolean stillHeld(SandboxId sandbox, Map<JobId, Fence> held) {
    return sandbox.fence().equals(held.get(sandbox.job()));
  }

  /** A lease the host has not heard of, or has lost what ran under it, is of no use to anybody. */
  private void takeBackUnlessKnown(HostId host, SandboxId box, Set<SandboxId> known) {
    if (known.contains(box)) {
      return;
    }
    var ran =
        storage
            .leases()
            .tenantOf(host, box.job(), box.fence())
            .flatMap(org -> storage.jobs().find(org, box.job()))
            .filter(job -> job.state() instanceof JobState.Running)
            .isPresent();
    var how =
        ran
            ? new GivingBack.Failed("its host lost it", maxAttempts)
            : new GivingBack.Unrun("its host never heard of the grant");
    keeping.takeBack(host, box.job(), box.fence(), how);
  }

  private GivingBack givingBack(FinishRequest body) {
    return body.countsAsAttempt()
        ? new GivingBack.Failed(body.reason(), maxAttempts)
        : new GivingBack.Unrun(body.reason());
  }

  private static Outcome outcome(FinishRequest body) {
    var conclusion = Conclusion.valueOf(body.ending().toUpperCase(Locale.ROOT));
    if (!Set.of(Conclusion.SUCCEEDED, Conclusion.FAILED, Conclusion.CANCELLED, Conclusion.TIMED_OUT)
        .contains(conclusion)) {
      throw new NimbusException(Kind.INVALID, "A host cannot end a job as '" + body.ending() + "'");
    }
    return new Outcome(conclusion, body.exitCode(), body.reason());
  }

  private static JobId job(Request request) {
    return new JobId(request.param("job"));
  }

  private static HostId speaking(Request request, String named) {
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
