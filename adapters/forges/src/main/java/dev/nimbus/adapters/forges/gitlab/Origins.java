package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.gitlab.Jobs.Origin;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Remembered;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.id.Repository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where pipelines come from. It does not change, and is asked once. */
final class Origins {
  private static final int MOST = 10_000;
  private static final Pattern MERGE_REQUEST =
      Pattern.compile("refs/merge-requests/(\\d{1,12})/.*");

  /** What only somebody who may write to a project can cause there. */
  private static final Set<String> BY_MEMBERS =
      Set.of(
          "push",
          "web",
          "webide",
          "api",
          "trigger",
          "pipeline",
          "parent_pipeline",
          "schedule",
          "chat");

  private final ForgeApi api;
  private final Remembered<Long, Origin> pipelines;

  Origins(ForgeApi api, InstantSource time) {
    this.api = api;
    this.pipelines = new Remembered<>(MOST, Duration.ofHours(1), time);
  }

  Origin of(Wire.Job job, Repository repository) {
    var pipeline = job.pipeline();
    if (pipeline == null || pipeline.id() == null) {
      return new Origin("", Trust.UNKNOWN);
    }
    return pipelines
        .of(pipeline.id(), () -> Optional.of(origin(pipeline, job, repository)))
        .orElseThrow();
  }

  private Origin origin(Wire.Pipeline pipeline, Wire.Job job, Repository repository) {
    var source = source(pipeline, repository);
    var request = MERGE_REQUEST.matcher(Texts.text(job.ref()));
    return new Origin(
        source, request.matches() ? trust(request.group(1), repository) : trust(source));
  }

  /** What caused it, which a job's own word on its pipeline may leave out. */
  private String source(Wire.Pipeline pipeline, Repository repository) {
    return pipeline.source() == null
        ? read(Projects.path(repository) + "/pipelines/" + pipeline.id(), Wire.Pipeline.class)
            .map(asked -> Texts.text(asked.source()))
            .orElse("")
        : pipeline.source();
  }

  /** A merge request whose ends are in two projects brings a stranger's code. */
  private Trust trust(String request, Repository repository) {
    return read(Projects.path(repository) + "/merge_requests/" + request, Wire.MergeRequest.class)
        .map(Origins::trust)
        .orElse(Trust.UNKNOWN);
  }

  private static Trust trust(Wire.MergeRequest request) {
    var from = request.sourceProjectId();
    return from == null || !from.equals(request.targetProjectId()) // Null: the fork is gone by now.
        ? Trust.FORK
        : Trust.MEMBER;
  }

  private static Trust trust(String source) {
    return BY_MEMBERS.contains(source) ? Trust.MEMBER : Trust.UNKNOWN;
  }

  /** Empty when there is none, or the token may not see it. */
  private <T> Optional<T> read(String path, Class<T> type) {
    var reply = api.send(Call.get(path, Purpose.POLL));
    if (reply.status() == 404 || reply.status() == 403) {
      return Optional.empty();
    }
    if (!reply.ok()) {
      throw reply.refusal("read " + path);
    }
    return Optional.of(reply.json(type));
  }
}
