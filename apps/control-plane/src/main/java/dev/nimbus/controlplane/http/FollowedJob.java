package dev.nimbus.controlplane.http;

import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.service.http.Response;
import java.io.IOException;
import java.time.Duration;

/** A job at every change, up to its end. */
final class FollowedJob {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final JobStore jobs;
  private final JobViews views;
  private final JobWatch watch;
  private final OrgId org;
  private final JobId id;

  FollowedJob(JobStore jobs, JobViews views, JobWatch watch, OrgId org, JobId id) {
    this.jobs = jobs;
    this.views = views;
    this.watch = watch;
    this.org = org;
    this.id = id;
  }

  /** Passes the job on until it has ended, is forgotten, or the reader has gone. */
  void copy(Response.EventSink to) throws IOException, InterruptedException {
    var seen = -1L;
    to.onClose(() -> watch.changed(id));
    while (!to.closed()) {
      var mark = watch.mark(id);
      var found = jobs.find(org, id);
      if (found.isEmpty()) {
        return;
      }
      var job = found.get();
      if (job.revision() != seen) {
        seen = job.revision();
        to.send("job", Long.toString(seen), views.of(job));
      }
      if (job.state() instanceof JobState.Ended) {
        return;
      }
      watch.await(id, mark, LOOK_AGAIN);
    }
  }
}
