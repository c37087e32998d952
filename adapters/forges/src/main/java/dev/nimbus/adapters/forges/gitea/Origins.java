package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.gitea.Jobs.Origin;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Remembered;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.Scopes;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.id.Repository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the runs say that jobs belong to. It does not change, and is asked once. */
final class Origins {
  private static final int MOST = 10_000;
  private static final Pattern PULL = Pattern.compile(".*@refs/pull/(\\d{1,12})/.*");

  private final ForgeApi api;
  private final Remembered<Long, Origin> runs;

  Origins(ForgeApi api, InstantSource time) {
    this.api = api;
    this.runs = new Remembered<>(MOST, Duration.ofHours(1), time);
  }

  Origin of(Wire.Job job, Repository repository) {
    var id = job.runId();
    return id == null
        ? origin(Wire.Run.UNKNOWN, repository)
        : runs.of(id, () -> found("runs/" + id, repository))
            .orElseGet(() -> origin(Wire.Run.UNKNOWN, repository));
  }

  private Optional<Origin> found(String run, Repository repository) {
    return read(Scopes.repository(repository) + "/actions/" + run, Wire.Run.class)
        .map(one -> origin(one, repository));
  }

  private Origin origin(Wire.Run run, Repository repository) {
    var actor = run.triggerActor() == null ? run.actor() : run.triggerActor();
    return new Origin(
        Texts.text(run.path()).replaceFirst("@.*", ""),
        Texts.text(run.displayTitle()),
        Texts.text(run.event()),
        actor == null ? "" : Texts.text(actor.login()),
        trust(run, repository));
  }

  /** A pull request whose ends are in two repositories brings a stranger's code. */
  private Trust trust(Wire.Run run, Repository repository) {
    var event = Texts.text(run.event());
    if (!event.startsWith("pull_request")) {
      return event.isEmpty() ? Trust.UNKNOWN : Trust.MEMBER;
    }
    var known = Texts.<Wire.Pull>all(run.pullRequests());
    return known.isEmpty()
        ? pull(run, repository).map(Origins::trust).orElse(Trust.UNKNOWN)
        : trust(known.getFirst());
  }

  /** The pull request a run is for, which older versions name by its ref only. */
  private Optional<Wire.Pull> pull(Wire.Run run, Repository repository) {
    var ref = PULL.matcher(Texts.text(run.path()));
    return ref.matches()
        ? read(Scopes.repository(repository) + "/pulls/" + ref.group(1), Wire.Pull.class)
        : Optional.empty();
  }

  private static Trust trust(Wire.Pull pull) {
    var head = number(pull.head());
    var base = number(pull.base());
    if (head == null || base == null) {
      return Trust.FORK; // The fork is gone by now.
    }
    return head.equals(base) ? Trust.MEMBER : Trust.FORK;
  }

  private static @Nullable Long number(Wire.@Nullable PullEnd end) {
    return end == null ? null : end.repository();
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
