package dev.nimbus.hostagent.run;

import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.host.RegisterReply;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.api.lease.RenewReply;
import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.id.SandboxId;

/**
 * What an agent needs of the control plane. Calls block. {@code CONFLICT} and {@code NOT_FOUND}
 * about a job mean that it is not, or no longer, ours; every other failure means nothing about it.
 * Thread-safe.
 */
public interface ControlPlaneLink {
  RegisterReply register(RegisterHost host);

  /** Waits for work or a cancellation as long as the request says. May be interrupted. */
  LeaseReply poll(LeaseRequest request) throws InterruptedException;

  /** Says that the sandbox runs, and renews. */
  RenewReply started(SandboxId id);

  RenewReply renew(SandboxId id);

  void finish(SandboxId id, FinishRequest request);

  /**
   * Registers the forge's runner this job is for. May be repeated: {@code UNAVAILABLE} when it
   * should be, {@code DENIED} with {@code runner-refused} when a person must act, {@code CONFLICT}
   * with {@code nothing-to-serve} when the job is still ours and its forge needs no runner any
   * more.
   */
  RunnerReply runner(SandboxId id);

  /** A fresh token for the log of a job we hold or held. */
  String logToken(SandboxId id);
}
