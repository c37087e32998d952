package dev.nimbus.api.client;

import dev.nimbus.api.Paths;
import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.host.RegisterReply;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.api.lease.RenewReply;
import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.api.lease.TokenReply;
import dev.nimbus.api.machine.BootReply;
import dev.nimbus.api.machine.BootRequest;
import dev.nimbus.api.machine.MachineReport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The control plane as a host agent uses it. A write under a fence that is no longer the job's
 * newest throws {@code CONFLICT} with code {@code stale-fence}. Calls block. Thread-safe.
 */
public final class AgentClient {
  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final Duration MINTING = Duration.ofSeconds(60);

  private final Transport transport;

  public AgentClient(URI base, Supplier<String> token) {
    this.transport = new Transport(base, token);
  }

  public RegisterReply register(RegisterHost host) {
    return transport.post(Paths.HOSTS, host, RegisterReply.class, Map.of(), ANSWER);
  }

  /** Spends a machine's boot ticket; {@code DENIED} when it was spent, or is another's. */
  public BootReply boot(BootRequest request) {
    return transport.post(Paths.BOOT, request, BootReply.class, Map.of(), ANSWER);
  }

  /** Says how a machine is; {@code DENIED} when the ticket is not its own, or it is gone. */
  public void report(String machine, MachineReport report) {
    transport.post(Paths.with(Paths.BOOT_REPORT, machine), report);
  }

  /** Waits for work or a cancellation, for as long as the request says and a little more. */
  public LeaseReply poll(LeaseRequest request) {
    var answer = Duration.ofMillis(request.waitMs()).plus(ANSWER);
    return transport.post(Paths.LEASES, request, LeaseReply.class, Map.of(), answer);
  }

  public RenewReply started(String job, Fenced fenced) {
    return transport.post(
        Paths.with(Paths.LEASE_STARTED, job), fenced, RenewReply.class, Map.of(), ANSWER);
  }

  public RenewReply renew(String job, Fenced fenced) {
    return transport.post(
        Paths.with(Paths.LEASE_RENEW, job), fenced, RenewReply.class, Map.of(), ANSWER);
  }

  public void finish(String job, FinishRequest request) {
    transport.post(Paths.with(Paths.LEASE_FINISH, job), request);
  }

  /** Registers the forge's runner a job is for; asking again gives a fresh credential. */
  public RunnerReply runner(String job, Fenced fenced) {
    return transport.post(
        Paths.with(Paths.LEASE_RUNNER, job), fenced, RunnerReply.class, Map.of(), MINTING);
  }

  public TokenReply logToken(String job, Fenced fenced) {
    return transport.post(
        Paths.with(Paths.LEASE_TOKEN, job), fenced, TokenReply.class, Map.of(), ANSWER);
  }
}
