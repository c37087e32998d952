package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Metadata;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Valid jobs of which a test states only what matters to it. */
public record NewJobs(NewJob build) {
  private static final Size SMALL = new Size(1_000, 1L << 30);

  /** A small job that asks for no label. */
  public static NewJobs of(OrgId org, String id) {
    var spec =
        new JobSpec(
            List.of("sh", "-c", "echo hello"),
            Map.of("GREETING", "hello"),
            JobSpec.HOST_IMAGE,
            Duration.ofHours(1),
            NetworkAccess.HOST);
    return new NewJobs(
        new NewJob(
            org,
            new JobId(id),
            Repository.NONE,
            spec,
            new Requirements(Labels.NONE, SMALL),
            Metadata.NONE,
            id,
            "digest of " + id));
  }

  public NewJobs repository(String repository) {
    return with(new Repository(repository), build.requirements(), build.metadata());
  }

  public NewJobs labels(String... labels) {
    var wanted = new Requirements(Labels.of(List.of(labels)), build.requirements().size());
    return with(build.repository(), wanted, build.metadata());
  }

  public NewJobs size(int milliCpus, long memoryBytes) {
    var wanted = new Requirements(build.requirements().labels(), new Size(milliCpus, memoryBytes));
    return with(build.repository(), wanted, build.metadata());
  }

  public NewJobs metadata(String key, String value) {
    return with(build.repository(), build.requirements(), Metadata.of(Map.of(key, value)));
  }

  public NewJobs spec(JobSpec spec) {
    return new NewJobs(
        new NewJob(
            build.org(),
            build.id(),
            build.repository(),
            spec,
            build.requirements(),
            build.metadata(),
            build.onceKey(),
            build.digest()));
  }

  /** The same request again, as a client repeats it: the key decides, not the id. */
  public NewJobs once(String key, String digest) {
    return new NewJobs(
        new NewJob(
            build.org(),
            build.id(),
            build.repository(),
            build.spec(),
            build.requirements(),
            build.metadata(),
            key,
            digest));
  }

  private NewJobs with(Repository repository, Requirements requirements, Metadata metadata) {
    return new NewJobs(
        new NewJob(
            build.org(),
            build.id(),
            repository,
            build.spec(),
            requirements,
            metadata,
            build.onceKey(),
            build.digest()));
  }
}
