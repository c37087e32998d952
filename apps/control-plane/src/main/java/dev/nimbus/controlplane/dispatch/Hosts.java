package dev.nimbus.controlplane.dispatch;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hosts as they come, say what they hold, and ask for work. */
public final class Hosts {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(50);

  private final Storage storage;
  private final Dispatch dispatch;
  private final Keeping keeping;
  private final int maxAttempts;
  private final InstantSource time;

  public Hosts(
      Storage storage, Dispatch dispatch, Keeping keeping, int maxAttempts, InstantSource time) {
    this.storage = storage;
    this.dispatch = dispatch;
    this.keeping = keeping;
    this.maxAttempts = maxAttempts;
    this.time = time;
  }

  /**
   * Takes note of a host that begins anew. Leases it has and names no sandbox for are taken back.
   *
   * @return those of its sandboxes that are no longer its own
   */
  public List<SandboxId> register(Registration registration, Set<SandboxId> sandboxes) {
    var host = registration.id();
    checkWanted(host);
    storage.hosts().register(registration, time.instant());
    dispatch.expel(host);
    var held = storage.leases().heldBy(host);
    held.forEach((job, fence) -> takeBackUnlessThere(host, new SandboxId(job, fence), sandboxes));
    return sandboxes.stream().filter(sandbox -> !stillHeld(sandbox, held)).toList();
  }

  /**
   * Serves a host: with leases, with cancellations, or after the wait with neither. {@code
   * CONFLICT} with {@code not-registered} when nobody knows it.
   */
  public Dispatch.Served poll(HostId host, Size free, int slots, Duration wait)
      throws InterruptedException {
    if (!storage.hosts().seen(host, time.instant())) {
      throw new NimbusException(
          Kind.CONFLICT, "not-registered", "Host '%s' must register first".formatted(host));
    }
    var known = storage.hosts().find(host).orElseThrow();
    var wanted = Math.clamp(slots, 0, known.slots());
    var offer = new Offer(host, known.org(), known.sharing(), known.labels(), free, wanted);
    var longest = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    return dispatch.poll(offer, longest.isNegative() ? Duration.ZERO : longest);
  }

  /** Answers the host's open question now, whatever there is to say. */
  public void wake(HostId host) {
    dispatch.wake(host);
  }

  /** A machine of a pool that is to go takes no job any more, and need not be known again. */
  private void checkWanted(HostId host) {
    if (MachineName.fits(host.value())) {
      var name = new MachineName(host.value());
      var known = storage.machines().find(name).isPresent();
      if (known && !storage.machines().ready(name, time.instant())) {
        throw new NimbusException(
            Kind.DENIED, "Cannot register host '%s': this machine is to go".formatted(host));
      }
    }
  }

  private static boolean stillHeld(SandboxId sandbox, Map<JobId, Fence> held) {
    return sandbox.fence().equals(held.get(sandbox.job()));
  }

  /** A lease the host has not heard of, or has lost what ran under it, is of no use to anybody. */
  private void takeBackUnlessThere(HostId host, SandboxId sandbox, Set<SandboxId> there) {
    if (!there.contains(sandbox)) {
      var how =
          ran(host, sandbox)
              ? new GivingBack.Failed("its host lost it", maxAttempts)
              : new GivingBack.Unrun("its host never heard of the grant");
      keeping.takeBack(host, sandbox.job(), sandbox.fence(), how);
    }
  }

  private boolean ran(HostId host, SandboxId sandbox) {
    return storage
        .leases()
        .tenantOf(host, sandbox.job(), sandbox.fence())
        .flatMap(org -> storage.jobs().find(org, sandbox.job()))
        .filter(job -> job.state() instanceof JobState.Running)
        .isPresent();
  }
}
