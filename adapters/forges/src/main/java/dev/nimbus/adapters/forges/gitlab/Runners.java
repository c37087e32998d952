package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.id.RunnerName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The runners GitLab knows, by their descriptions. It deletes a busy one as readily as an idle one,
 * and is slow to say which is which; so before one is deleted, it is told to take no more jobs, and
 * its jobs are looked at.
 */
final class Runners {
  /** What all of ours are marked with, so that no other is listed; no job needs to ask for it. */
  static final String TAG = "nimbus-runner";

  private static final String LIST = "?type=project_type&tag_list=" + TAG + "&per_page=100";
  private static final Set<String> RUNNING = Set.of("running", "canceling");
  private static final int LONGEST_NAME = 128;

  private final ForgeApi api;
  private final Listing listing;
  private final String list;

  Runners(ForgeApi api, Settings settings) {
    this.api = api;
    this.listing = new Listing(api);
    this.list = list(settings);
  }

  /** Where runners are listed: only an administrator sees all of an instance. */
  static String list(Settings settings) {
    return (settings.owner().isEmpty() ? "/v4/runners/all" : "/v4/runners") + LIST;
  }

  /** Those whose description says that they are ours. */
  List<ForgeRunner> ours() {
    return known(Purpose.POLL).flatMap(this::ours).toList();
  }

  /** Deletes every runner of this name that runs no job. */
  Retired retire(RunnerName name) {
    return retire(named(name));
  }

  /**
   * Deletes the runners that have a name besides a new one, for names need not be unique. When one
   * of them is busy, it is the new one that goes.
   */
  Retired replace(RunnerName name, long by) {
    var retired = retire(named(name).filter(runner -> !Long.valueOf(by).equals(runner.id())));
    if (retired == Retired.BUSY) {
      delete(by);
    }
    return retired;
  }

  private Stream<Wire.Runner> known(Purpose purpose) {
    return listing.all(list, purpose, Wire.Runner[].class).stream();
  }

  private Stream<Wire.Runner> named(RunnerName name) {
    return known(Purpose.RETIRE).filter(runner -> name.value().equals(runner.description()));
  }

  private Stream<ForgeRunner> ours(Wire.Runner runner) {
    var text = Texts.text(runner.description());
    var id = runner.id();
    if (id == null || text.isBlank() || text.length() > LONGEST_NAME) {
      return Stream.of();
    }
    var name = new RunnerName(text);
    var online = Boolean.TRUE.equals(runner.online());
    return name
        .sandbox()
        .map(_ -> new ForgeRunner(Long.toString(id), name, online, said(runner, id)))
        .stream();
  }

  /** Whether GitLab says that it is busy; a version that does not say is asked for its jobs. */
  private boolean said(Wire.Runner runner, long id) {
    return runner.jobExecutionStatus() == null
        ? Boolean.TRUE.equals(runner.online()) && runs(id, Purpose.POLL)
        : runner.jobExecutionStatus().equals("active");
  }

  private Retired retire(Stream<Wire.Runner> runners) {
    var retired = Retired.GONE;
    for (var runner : runners.toList()) {
      if (runner.id() != null && busy(runner, runner.id())) {
        retired = Retired.BUSY;
      } else if (runner.id() != null) {
        delete(runner.id());
      }
    }
    return retired;
  }

  private boolean busy(Wire.Runner runner, long id) {
    if ("active".equals(runner.jobExecutionStatus())) {
      return true;
    }
    pause(id);
    return runs(id, Purpose.RETIRE);
  }

  private boolean runs(long id, Purpose purpose) {
    var reply = api.send(Call.get(path(id) + "/jobs?order_by=id&sort=desc&per_page=20", purpose));
    return !gone(reply, "look at the jobs of runner " + id)
        && Stream.of(reply.json(Wire.Job[].class))
            .anyMatch(job -> RUNNING.contains(Texts.text(job.status())));
  }

  private void pause(long id) {
    var pausing = Optional.<Object>of(new Wire.Pausing(true));
    var call = new Call("PUT", path(id), Map.of(), pausing, Purpose.RETIRE);
    gone(api.send(call), "pause runner " + id);
  }

  private void delete(long id) {
    gone(api.send(Call.delete(path(id), Purpose.RETIRE)), "delete runner " + id);
  }

  /** Whether GitLab knows no such runner; a refusal for another reason is thrown. */
  private static boolean gone(Reply reply, String doing) {
    if (!reply.ok() && reply.status() != 404) {
      throw reply.refusal(doing);
    }
    return reply.status() == 404;
  }

  private static String path(long id) {
    return "/v4/runners/" + id;
  }
}
