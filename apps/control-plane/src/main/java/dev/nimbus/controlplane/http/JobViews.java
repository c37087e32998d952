package dev.nimbus.controlplane.http;

import dev.nimbus.api.job.ForgeJobView;
import dev.nimbus.api.job.JobDetail;
import dev.nimbus.api.job.JobView;
import dev.nimbus.controlplane.watch.KnownJobs;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.Work;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.JobStore;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jobs as the API shows them: with where they ran, and what they serve at their forge. */
final class JobViews {
  private final KnownJobs known;
  private final ForgeStore forges;

  JobViews(JobStore jobs, ForgeStore forges) {
    this.known = new KnownJobs(jobs);
    this.forges = forges;
  }

  JobView of(Job job) {
    return of(job.org(), List.of(job)).getFirst();
  }

  /** Jobs of one tenant, in the same order. */
  List<JobView> of(OrgId org, List<Job> jobs) {
    var served = served(org, jobs);
    return jobs.stream()
        .map(job -> Views.job(job, known.attempts(job), forge(job, served.get(job.id()))))
        .toList();
  }

  JobDetail detail(Job job) {
    var attempts = known.attempts(job);
    var forge = forge(job, served(job.org(), List.of(job)).get(job.id()));
    return Views.detail(job, attempts, forge);
  }

  private Map<JobId, Served> served(OrgId org, List<Job> jobs) {
    var runners =
        jobs.stream().filter(job -> job.spec().work() instanceof Work.Runner).map(Job::id).toList();
    return runners.isEmpty()
        ? Map.of()
        : forges.servedBy(org, runners).stream()
            .collect(Collectors.toMap(Served::serving, one -> one, (a, _) -> a));
  }

  private static @Nullable ForgeJobView forge(Job job, @Nullable Served served) {
    if (served == null || !(job.spec().work() instanceof Work.Runner(var kind))) {
      return null;
    }
    var told = served.job();
    return new ForgeJobView(
        kind.word(),
        told.key().id(),
        told.key().attempt(),
        page(told),
        told.workflow(),
        told.name(),
        told.title(),
        told.branch(),
        told.event(),
        told.actor(),
        served.stage().name().toLowerCase(Locale.ROOT),
        served.conclusion());
  }

  /** Only an address a browser may follow. */
  private static @Nullable URI page(ForgeJob job) {
    var scheme = job.link().getScheme();
    return "https".equals(scheme) || "http".equals(scheme) ? job.link() : null;
  }
}
