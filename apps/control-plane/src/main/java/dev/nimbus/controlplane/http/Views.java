package dev.nimbus.controlplane.http;

import dev.nimbus.api.host.HostView;
import dev.nimbus.api.host.OrgView;
import dev.nimbus.api.identity.TokenView;
import dev.nimbus.api.job.ForgeJobView;
import dev.nimbus.api.job.JobDetail;
import dev.nimbus.api.job.JobView;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.org.OrgStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored things as the API shows them. */
final class Views {
  private Views() {}

  /** A job; where and when the last attempt of an ended one ran comes from its history. */
  static JobView job(Job job, List<Attempt> attempts, @Nullable ForgeJobView forge) {
    var times = Times.of(job, attempts);
    var spec = job.spec();
    var size = job.requirements().size();
    var outcome = job.state() instanceof JobState.Ended(var ended, _) ? ended : null;
    return new JobView(
        job.id().value(),
        job.org().value(),
        job.repository().value(),
        job.state().word(),
        spec.command(),
        List.copyOf(job.requirements().labels().values()),
        spec.image(),
        size.milliCpus() / 1000.0,
        size.memoryBytes(),
        spec.timeout().toMillis(),
        job.metadata().values(),
        job.submittedAt(),
        times.leased(),
        times.started(),
        times.ended(),
        times.host() == null ? null : times.host().value(),
        job.fence().value(),
        job.attempts(),
        cancelling(job.state()),
        outcome == null ? null : outcome.exitCode(),
        outcome == null ? "" : outcome.reason(),
        job.revision(),
        forge);
  }

  static JobDetail detail(Job job, List<Attempt> attempts, @Nullable ForgeJobView forge) {
    return new JobDetail(
        job(job, attempts, forge),
        attempts.stream().map(Views::attempt).toList(),
        Timeline.of(job, attempts));
  }

  static HostView host(Host host, Duration lostAfter, Instant now) {
    return new HostView(
        host.id().value(),
        host.org().value(),
        host.sharing() == Host.Sharing.ALL,
        host.seenAt().plus(lostAfter).isAfter(now),
        List.copyOf(host.labels().values()),
        host.capacity().milliCpus() / 1000.0,
        host.used().milliCpus() / 1000.0,
        host.capacity().memoryBytes(),
        host.used().memoryBytes(),
        host.slots(),
        host.leases(),
        host.reductions(),
        host.version(),
        host.registeredAt(),
        host.seenAt());
  }

  static OrgView org(OrgStanding org) {
    return new OrgView(
        org.org().value(),
        org.limits().maxRunning(),
        org.limits().maxRunningPerRepository(),
        org.limits().maxWaiting(),
        org.waiting(),
        org.running());
  }

  static TokenView token(Credential credential) {
    return new TokenView(
        credential.audience(),
        credential.subject(),
        credential.org().value(),
        credential.version(),
        credential.scopes(),
        credential.issuedAt(),
        credential.expiresAt(),
        credential.issuedBy(),
        credential.revoked());
  }

  private static boolean cancelling(JobState state) {
    return switch (state) {
      case JobState.Leased leased -> leased.cancelling();
      case JobState.Running running -> running.cancelling();
      case JobState.Waiting _, JobState.Ended _ -> false;
    };
  }

  private static JobDetail.AttemptView attempt(Attempt attempt) {
    return new JobDetail.AttemptView(
        attempt.fence().value(),
        attempt.host().value(),
        attempt.leasedAt(),
        attempt.started().orElse(null),
        attempt.endedAt(),
        attempt.ending());
  }

  /** When the current or last attempt was leased, started and ended, and where. */
  private record Times(
      @Nullable HostId host,
      @Nullable Instant leased,
      @Nullable Instant started,
      @Nullable Instant ended) {
    static Times of(Job job, List<Attempt> attempts) {
      return switch (job.state()) {
        case JobState.Waiting _ -> new Times(null, null, null, null);
        case JobState.Leased(var host, var since, _, _) -> new Times(host, since, null, null);
        case JobState.Running(var host, var leased, var since, _, _) ->
            new Times(host, leased, since, null);
        case JobState.Ended(_, var at) -> last(attempts, at);
      };
    }

    private static Times last(List<Attempt> attempts, Instant ended) {
      if (attempts.isEmpty()) {
        return new Times(null, null, null, ended);
      }
      var last = attempts.getLast();
      return new Times(last.host(), last.leasedAt(), last.started().orElse(null), ended);
    }
  }

  /** What happened to a job, in order, told from its row and its history. */
  private static final class Timeline {
    static List<JobDetail.Event> of(Job job, List<Attempt> attempts) {
      var events = new ArrayList<JobDetail.Event>();
      events.add(new JobDetail.Event(job.submittedAt(), "submitted", ""));
      for (var attempt : attempts) {
        var on = "on " + attempt.host() + ", fence " + attempt.fence();
        events.add(new JobDetail.Event(attempt.leasedAt(), "leased", on));
        attempt.started().ifPresent(at -> events.add(new JobDetail.Event(at, "started", on)));
        events.add(new JobDetail.Event(attempt.endedAt(), "attempt ended", attempt.ending()));
      }
      current(job, events);
      events.sort(Comparator.comparing(JobDetail.Event::at));
      return List.copyOf(events);
    }

    private static void current(Job job, List<JobDetail.Event> events) {
      switch (job.state()) {
        case JobState.Waiting _ -> {}
        case JobState.Leased(var host, var since, _, _) ->
            events.add(
                new JobDetail.Event(since, "leased", "on " + host + ", fence " + job.fence()));
        case JobState.Running(var host, var leased, var since, _, _) -> {
          var on = "on " + host + ", fence " + job.fence();
          events.add(new JobDetail.Event(leased, "leased", on));
          events.add(new JobDetail.Event(since, "started", on));
        }
        case JobState.Ended(var outcome, var at) ->
            events.add(new JobDetail.Event(at, job.state().word(), told(outcome)));
      }
    }

    private static String told(Outcome outcome) {
      return outcome.reason().isEmpty() ? "exit code " + outcome.exitCode() : outcome.reason();
    }
  }
}
