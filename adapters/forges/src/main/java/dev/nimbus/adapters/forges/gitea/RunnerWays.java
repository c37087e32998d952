package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.KnownRunner;
import dev.nimbus.adapters.forges.kin.NumberedPages;
import dev.nimbus.adapters.forges.kin.NumberedPages.Page;
import dev.nimbus.adapters.forges.kin.Runners;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Runners as Gitea lists them, and how to know a busy one. */
final class RunnerWays implements Runners.Ways {
  private final ForgeApi api;
  private final NumberedPages pages;
  private final JobList jobs;

  RunnerWays(ForgeApi api, JobList jobs) {
    this.api = api;
    this.pages = new NumberedPages(api);
    this.jobs = jobs;
  }

  @Override
  public List<KnownRunner> list(String scope, Purpose purpose) {
    return pages.all(Runners.path(scope), purpose, RunnerWays::page);
  }

  /**
   * Before its jobs are looked at, the runner is told to take no more, where Gitea knows how: older
   * versions do not, and a job taken between this question and the deletion is lost there.
   */
  @Override
  public boolean busy(KnownRunner runner, String scope) {
    if (runner.active()) {
      return true;
    }
    disable(runner, scope);
    return jobs.of(scope, "in_progress", Purpose.RETIRE).stream()
        .anyMatch(job -> Objects.equals(job.runnerId(), runner.id()));
  }

  private void disable(KnownRunner runner, String scope) {
    var path = Runners.path(scope) + "/" + runner.id();
    var call =
        new Call("PATCH", path, Map.of(), Optional.of(new Wire.Disabling(true)), Purpose.RETIRE);
    var reply = api.send(call);
    if (!reply.ok() && reply.status() != 404 && reply.status() != 405) {
      throw reply.refusal("disable " + path);
    }
  }

  private static Page<KnownRunner> page(Reply reply) {
    var page = reply.json(Wire.Runners.class);
    var runners =
        Texts.<Wire.Runner>all(page.runners()).stream().flatMap(RunnerWays::known).toList();
    return new Page<>(runners, page.totalCount() == null ? Long.MAX_VALUE : page.totalCount());
  }

  private static Stream<KnownRunner> known(Wire.Runner runner) {
    var id = runner.id();
    return id == null
        ? Stream.of()
        : Stream.of(
            new KnownRunner(
                id,
                Texts.text(runner.name()),
                "",
                "online".equals(runner.status()),
                Boolean.TRUE.equals(runner.busy())));
  }
}
