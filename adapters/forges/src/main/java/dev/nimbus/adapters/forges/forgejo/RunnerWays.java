package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.KnownRunner;
import dev.nimbus.adapters.forges.kin.NumberedPages;
import dev.nimbus.adapters.forges.kin.NumberedPages.Page;
import dev.nimbus.adapters.forges.kin.Runners;
import dev.nimbus.core.forge.ForgeJobKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runners as Forgejo lists them, and how to know a busy one. */
final class RunnerWays implements Runners.Ways {
  private final NumberedPages pages;
  private final JobList jobs;

  RunnerWays(ForgeApi api, JobList jobs) {
    this.pages = new NumberedPages(api);
    this.jobs = jobs;
  }

  @Override
  public List<KnownRunner> list(String scope, Purpose purpose) {
    return pages.all(Runners.path(scope) + "?visible=false", purpose, RunnerWays::page);
  }

  /**
   * A runner can take its job between this question and its deletion: Forgejo has no way to keep it
   * from that.
   */
  @Override
  public boolean busy(KnownRunner runner, String scope) {
    return runner.active()
        || Pairing.read(runner.description()).filter(key -> runs(key, scope)).isPresent();
  }

  private boolean runs(ForgeJobKey key, String scope) {
    return jobs.of(scope, Purpose.RETIRE).stream()
        .filter(job -> Texts.text(job.status()).equals("running") && Jobs.readable(job))
        .anyMatch(job -> Jobs.key(job).equals(key));
  }

  private static Page<KnownRunner> page(Reply reply) {
    var runners =
        Stream.of(reply.json(Wire.Runner[].class)).flatMap(one -> known(one).stream()).toList();
    return new Page<>(runners, Long.MAX_VALUE);
  }

  private static Optional<KnownRunner> known(Wire.Runner runner) {
    var id = runner.id();
    if (id == null) {
      return Optional.empty();
    }
    var status = Texts.text(runner.status());
    var active = status.equals("active");
    return Optional.of(
        new KnownRunner(
            id,
            Texts.text(runner.name()),
            Texts.text(runner.description()),
            active || status.equals("idle"),
            active));
  }
}
