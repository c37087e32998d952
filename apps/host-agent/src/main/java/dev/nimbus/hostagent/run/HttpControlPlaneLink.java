package dev.nimbus.hostagent.run;

import dev.nimbus.api.client.AgentClient;
import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.host.RegisterReply;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.api.lease.RenewReply;
import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.SandboxId;

/** The control plane over HTTP. */
public final class HttpControlPlaneLink implements ControlPlaneLink {
  private final AgentClient client;
  private final HostId host;

  public HttpControlPlaneLink(AgentClient client, HostId host) {
    this.client = client;
    this.host = host;
  }

  @Override
  public RegisterReply register(RegisterHost registration) {
    return client.register(registration);
  }

  /** An interrupt closes the connection, which the client can only report as a failure. */
  @Override
  public LeaseReply poll(LeaseRequest request) throws InterruptedException {
    try {
      return client.poll(request);
    } catch (NimbusException e) {
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException("Polling ended").initCause(e);
      }
      throw e;
    }
  }

  @Override
  public RenewReply started(SandboxId id) {
    return client.started(id.job().value(), fenced(id));
  }

  @Override
  public RenewReply renew(SandboxId id) {
    return client.renew(id.job().value(), fenced(id));
  }

  @Override
  public void finish(SandboxId id, FinishRequest request) {
    client.finish(id.job().value(), request);
  }

  @Override
  public RunnerReply runner(SandboxId id) {
    return client.runner(id.job().value(), fenced(id));
  }

  @Override
  public String logToken(SandboxId id) {
    return client.logToken(id.job().value(), fenced(id)).jobToken();
  }

  private Fenced fenced(SandboxId id) {
    return new Fenced(host.value(), id.fence().value());
  }
}
