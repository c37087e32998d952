package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.http.HttpForgeApi.Pause;
import dev.nimbus.adapters.forges.kin.Access;
import dev.nimbus.adapters.forges.kin.Check;
import dev.nimbus.adapters.forges.kin.Hooks;
import dev.nimbus.adapters.forges.kin.Registration;
import dev.nimbus.adapters.forges.kin.Runners;
import dev.nimbus.adapters.forges.kin.Scopes;
import dev.nimbus.adapters.forges.kin.Settings;
import dev.nimbus.adapters.forges.kin.SettingsReader;
import dev.nimbus.adapters.forges.kin.Statuses;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gitea by webhooks and runners good for one job. */
public final class GiteaForge implements Forge {
  private final Scopes scopes;
  private final Hooks hooks;
  private final Demand demand;
  private final Runners runners;
  private final Registration registration;
  private final Statuses statuses;
  private final Check check;

  private GiteaForge(Settings settings, HttpClient client, InstantSource time, Pause pause) {
    var api = Access.open(settings, client, time, pause);
    var jobs = new JobList(api);
    this.scopes = new Scopes(settings);
    this.hooks = new Hooks(settings, "Gitea", new HookReader());
    this.demand = new Demand(api, scopes, jobs, time);
    this.runners = new Runners(api, new RunnerWays(api, jobs));
    this.registration = new Registration(scopes, runners, new Mint(api, settings.url()), time);
    this.statuses = new Statuses(api);
    this.check = new Check(api, scopes);
  }

  /**
   * Opens a connection; {@code INVALID} names everything that is missing or wrong in it. Makes no
   * call yet.
   *
   * @param secrets opened: {@code token} and {@code webhook_secret}; a second one, such as {@code
   *     webhook_secret_2}, is as good
   * @param client that follows no redirects
   */
  public static GiteaForge open(
      Connection connection,
      Map<String, String> secrets,
      HttpClient client,
      InstantSource time,
      Pause pause) {
    return new GiteaForge(SettingsReader.read(connection, secrets, Set.of()), client, time, pause);
  }

  @Override
  public ForgeKind kind() {
    return ForgeKind.GITEA;
  }

  /** The job the body of a webhook is about, as far as it says; it need not be signed. */
  public static ForgeJob described(byte[] body, Instant at) {
    return HookReader.described(body, at);
  }

  @Override
  public Heard parse(Delivery delivery) {
    return hooks.parse(delivery);
  }

  @Override
  public List<ForgeJob> waiting(Optional<Repository> repository) {
    return demand.waiting(repository);
  }

  @Override
  public Optional<Event> ask(ForgeJobKey job, Repository repository) {
    return demand.ask(job, repository);
  }

  @Override
  public Registered register(RunnerSpec spec) {
    return registration.register(spec);
  }

  @Override
  public Retired unregister(RunnerName name, Repository repository) {
    return runners.retire(name, scopes.of(repository));
  }

  @Override
  public List<ForgeRunner> runners() {
    return scopes.all().stream().flatMap(scope -> runners.ours(scope).stream()).toList();
  }

  @Override
  public List<Finding> check() {
    return check.findings(GiteaForge::judge, JobList.PATH + "queued&limit=1");
  }

  @Override
  public boolean giveUp(ForgeJob job, String why) {
    return statuses.set(job, demand.commit(job), why);
  }

  private static Finding judge(Check.Version version) {
    var what = "Gitea " + version + " lists jobs and makes runners good for one";
    return version.before(1, 24)
        ? Finding.wrong(what, "update to 1.24 or newer")
        : Finding.fine(what);
  }
}
