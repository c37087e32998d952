package dev.nimbus.controlplane.intake;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.AskedLabels;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Metadata;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.job.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a forge's job asks of us: a runner of that forge, on a host with what its labels name. */
final class ForgeSubmission {
  private static final String NIMBUS = "nimbus";
  private static final Set<String> UNDERSTOOD = Set.of(NIMBUS, "self-hosted");

  private ForgeSubmission() {}

  /**
   * Whether the job wants us: it was given to a queue of ours, or asks for {@code nimbus} or for a
   * label the connection says is ours.
   */
  static boolean selects(Connection connection, ForgeJob job) {
    if (connection.kind() == ForgeKind.GITHUB && !job.handle().isEmpty()) {
      return true;
    }
    var ours = new ArrayList<>(List.of(connection.option(Connections.LABELS, "").split(",", -1)));
    ours.add(NIMBUS);
    return job.labels().stream()
        .map(ForgeSubmission::plain)
        .anyMatch(label -> ours.stream().map(ForgeSubmission::plain).anyMatch(label::equals));
  }

  /** Our job; labels that mean nothing, or more than a job may have, are {@code INVALID}. */
  static NewJob read(Connection connection, ForgeJob job, List<String> pool, JobId id) {
    try {
      var asked = AskedLabels.read(job.labels());
      return of(
          connection,
          job,
          id,
          spec(connection, asked.image().orElse(JobSpec.HOST_IMAGE)),
          new Requirements(labels(connection, asked, pool), size(asked)),
          Metadata.of(asked.metadata()));
    } catch (IllegalArgumentException e) {
      throw new NimbusException(Kind.INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  /** Our job where its labels could not be read; it is only there to be refused. */
  static NewJob unreadable(Connection connection, ForgeJob job, JobId id) {
    var requirements = new Requirements(Labels.NONE, Submission.DEFAULT_SIZE);
    return of(
        connection, job, id, spec(connection, JobSpec.HOST_IMAGE), requirements, Metadata.NONE);
  }

  private static JobSpec spec(Connection connection, String image) {
    var runner = new Work.Runner(connection.kind());
    return new JobSpec(runner, Map.of(), image, Submission.DEFAULT_TIMEOUT, NetworkAccess.HOST);
  }

  private static Size size(AskedLabels asked) {
    return new Size(
        asked.milliCpus().orElse(Submission.DEFAULT_SIZE.milliCpus()),
        asked.memoryBytes().orElse(Submission.DEFAULT_SIZE.memoryBytes()));
  }

  private static NewJob of(
      Connection connection,
      ForgeJob job,
      JobId id,
      JobSpec spec,
      Requirements requirements,
      Metadata metadata) {
    var once = "forge:" + connection.id() + ":" + job.key();
    return new NewJob(
        connection.org(), id, job.repository(), spec, requirements, metadata, once, "");
  }

  private static Labels labels(Connection connection, AskedLabels asked, List<String> pool) {
    var labels = new ArrayList<String>();
    asked.hostLabels(asked.image().orElse(JobSpec.HOST_IMAGE)).stream()
        .filter(label -> !UNDERSTOOD.contains(label))
        .forEach(labels::add);
    labels.addAll(pool);
    labels.add(connection.kind().label());
    return Labels.of(labels);
  }

  private static String plain(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
