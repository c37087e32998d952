package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.id.RunnerName;
import java.util.List;

/**
 * The runners a forge knows. It deletes a busy one as readily as an idle one, and of a busy one it
 * may say that it is idle; so before one is deleted, its jobs are asked for.
 */
public final class Runners {
  private final ForgeApi api;
  private final Ways ways;

  public Runners(ForgeApi api, Ways ways) {
    this.api = api;
    this.ways = ways;
  }

  /** Those whose name says that they are ours. */
  public List<ForgeRunner> ours(String scope) {
    return ways.list(scope, Purpose.POLL).stream()
        .flatMap(runner -> runner.ours().stream())
        .toList();
  }

  /** Deletes every runner of this name that runs no job. */
  public Retired retire(RunnerName name, String scope) {
    return retire(named(name, scope), scope);
  }

  /**
   * Deletes the runners that have a name besides a new one, for names need not be unique. When one
   * of them is busy, it is the new one that goes.
   */
  public Retired replace(RunnerName name, long by, String scope) {
    var others = named(name, scope).stream().filter(runner -> runner.id() != by).toList();
    var retired = retire(others, scope);
    if (retired == Retired.BUSY) {
      delete(by, scope);
    }
    return retired;
  }

  private List<KnownRunner> named(RunnerName name, String scope) {
    return ways.list(scope, Purpose.RETIRE).stream()
        .filter(runner -> runner.name().equals(name.value()))
        .toList();
  }

  private Retired retire(List<KnownRunner> runners, String scope) {
    var retired = Retired.GONE;
    for (var runner : runners) {
      if (ways.busy(runner, scope)) {
        retired = Retired.BUSY;
      } else {
        delete(runner.id(), scope);
      }
    }
    return retired;
  }

  private void delete(long id, String scope) {
    var path = path(scope) + "/" + id;
    var reply = api.send(Call.delete(path, Purpose.RETIRE));
    if (!reply.ok() && reply.status() != 404) {
      throw reply.refusal("delete " + path);
    }
  }

  /** Where a scope's runners are. */
  public static String path(String scope) {
    return scope + "/actions/runners";
  }

  /** What every forge does in its own way. */
  public interface Ways {
    List<KnownRunner> list(String scope, Purpose purpose);

    /** Whether it runs a job, or keeps it from taking one from now on. */
    boolean busy(KnownRunner runner, String scope);
  }
}
