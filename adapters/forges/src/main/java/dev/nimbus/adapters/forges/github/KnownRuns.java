package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.Facts;
import dev.nimbus.adapters.forges.github.scaleset.Runs;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The runs jobs of scale sets belong to; those asked for last are remembered. Thread-safe. */
final class KnownRuns implements Runs {
  /** As the queue of a scale set names jobs. */
  private static final Pattern KEY = Pattern.compile("run-(\\d{1,18})-job-.+");

  private static final int MOST = 1_000;

  private final ForgeApi api;
  private final Map<String, Facts> known = new LinkedHashMap<>(16, 0.75f, true);

  KnownRuns(ForgeApi api) {
    this.api = api;
  }

  @Override
  public Facts now(Repository repository, long run) {
    var found = run == 0 ? Optional.<Wire.Run>empty() : find(repository, run);
    var facts = found.map(one -> facts(one, repository)).orElse(Facts.UNKNOWN);
    return remember(repository, run, facts);
  }

  @Override
  public Facts known(Repository repository, long run) {
    synchronized (known) {
      var facts = known.get(repository + "/" + run);
      if (facts != null) {
        return facts;
      }
    }
    return now(repository, run);
  }

  /**
   * What became of a job the queue of a scale set told of, as far as its run says; empty when the
   * run is gone.
   */
  Optional<Event> ask(ForgeJobKey key, Repository repository) {
    var named = run(key);
    if (named == 0) {
      return Optional.of(new Event.Ignored("only its scale set tells of this job"));
    }
    return find(repository, named)
        .map(
            run ->
                over(run, key.attempt())
                    ? new Event.JobFinished(key, repository, "", Wire.text(run.conclusion()))
                    : new Event.Ignored("its scale set tells of this job"));
  }

  /** The commit a job of a scale set is about; empty for any other job, and when it is gone. */
  Optional<String> commit(ForgeJobKey key, Repository repository) {
    var named = run(key);
    return named == 0
        ? Optional.empty()
        : find(repository, named).map(run -> Wire.text(run.headSha()));
  }

  /** The run that the name of a job says; zero where it says none. */
  private static long run(ForgeJobKey key) {
    var named = KEY.matcher(key.id());
    return named.matches() ? Long.parseLong(named.group(1)) : 0;
  }

  private static boolean over(Wire.Run run, int attempt) {
    return attempt(run) > attempt || "completed".equals(run.status());
  }

  private Optional<Wire.Run> find(Repository repository, long run) {
    var path = "/repos/%s/actions/runs/%d?exclude_pull_requests=true".formatted(repository, run);
    var reply = api.send(Call.get(path, Purpose.MINT));
    if (reply.status() == 403 || reply.status() == 404) {
      return Optional.empty();
    }
    if (!reply.ok()) {
      throw reply.refusal("ask for run " + run);
    }
    return Optional.of(reply.json(Wire.Run.class));
  }

  private static Facts facts(Wire.Run run, Repository repository) {
    var actor = run.triggeringActor() == null ? run.actor() : run.triggeringActor();
    return new Facts(
        attempt(run),
        Wire.text(run.displayTitle()),
        Jobs.login(actor),
        Jobs.trust(run, repository));
  }

  private static int attempt(Wire.Run run) {
    return run.runAttempt() == null ? 1 : Math.max(1, run.runAttempt());
  }

  private Facts remember(Repository repository, long run, Facts facts) {
    synchronized (known) {
      known.put(repository + "/" + run, facts);
      var oldest = known.keySet().iterator();
      while (known.size() > MOST) {
        oldest.next();
        oldest.remove();
      }
    }
    return facts;
  }
}
