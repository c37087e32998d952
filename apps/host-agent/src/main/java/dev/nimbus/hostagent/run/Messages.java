package dev.nimbus.hostagent.run;

import dev.nimbus.api.lease.RenewReply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.lease.Action;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.lease.Report;
import dev.nimbus.hostagent.run.AgentMetrics.LeaseError;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one job has to say to the control plane, and what its answers mean. Thread-safe. */
final class Messages {
  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

  private final SandboxId id;
  private final HostFacts host;
  private final Means means;
  private final JobLog log;

  Messages(SandboxId id, HostFacts host, Means means, JobLog log) {
    this.id = id;
    this.host = host;
    this.means = means;
    this.log = log;
  }

  Event renew(Action.SendRenew ask) {
    try {
      return kept(ask, ask.started() ? means.link().started(id) : means.link().renew(id));
    } catch (NimbusException e) {
      if (notOurs(e)) {
        return new Event.Lost(String.valueOf(e.getMessage()));
      }
      means.metrics().leaseError(LeaseError.UNREACHABLE);
      LOG.atDebug().addKeyValue("job", id).setCause(e).log("Lease not renewed, trying again");
      return new Event.Unreachable();
    }
  }

  Event finish(Report report, Usage used) {
    try {
      var request = Wire.finish(host, id, report, used);
      means.link().finish(id, request);
      means.metrics().ended(request.ending());
      return new Event.FinishRecorded();
    } catch (NimbusException e) {
      if (notOurs(e)) {
        LOG.atWarn()
            .addKeyValue("job", id)
            .addKeyValue("why", e.getMessage())
            .log("End of job not wanted");
        return new Event.FinishStale();
      }
      LOG.atDebug().addKeyValue("job", id).setCause(e).log("End of job not told, trying again");
      return new Event.FinishUnanswered();
    }
  }

  private Event kept(Action.SendRenew ask, RenewReply reply) {
    var token = reply.jobToken();
    if (token != null) {
      log.token(token);
    }
    return new Event.Renewed(
        ask.sentAt(), ask.started(), Duration.ofMillis(reply.ttlMs()), reply.cancelling());
  }

  private static boolean notOurs(NimbusException failure) {
    return failure.kind() == Kind.CONFLICT || failure.kind() == Kind.NOT_FOUND;
  }
}
