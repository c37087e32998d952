package dev.nimbus.adapters.forges.forgejo;

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

/** Forgejo by listing its jobs, with a runner for each. */
public final class ForgejoForge implements Forge {
  private static final Set<String> OPTIONS = Set.of("labels");

  private final Settings settings;
  private final Scopes scopes;
  private final Hooks hooks;
  private final Demand demand;
  private final Runners runners;
  private final Registration registration;
  private final Statuses statuses;
  private final Check check;

  private ForgejoForge(Settings settings, HttpClient client, InstantSource time, Pause pause) {
    var api = Access.open(settings, client, time, pause);
    var jobs = new JobList(api, settings.labels());
    this.settings = settings;
    this.scopes = new Scopes(settings);
    this.hooks = new Hooks(settings, "Forgejo", new HookReader(new Jobs(settings.url())));
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
  public static ForgejoForge open(
      Connection connection,
      Map<String, String> secrets,
      HttpClient client,
      InstantSource time,
      Pause pause) {
    return new ForgejoForge(SettingsReader.read(connection, secrets, OPTIONS), client, time, pause);
  }

  @Override
  public ForgeKind kind() {
    return ForgeKind.FORGEJO;
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

  /** Before Forgejo 17 a job that is over is not known any more. */
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
    return check.findings(this::judge, JobList.path(settings.labels()));
  }

  /** Before Forgejo 17 nothing says which commit a job is for, and so there is no way. */
  @Override
  public boolean giveUp(ForgeJob job, String why) {
    return statuses.set(job, demand.commit(job), why);
  }

  private Finding judge(Check.Version version) {
    var what = "Forgejo " + version + " makes runners good for one job";
    if (version.before(14, 0) && settings.labels().isEmpty()) {
      return Finding.wrong(what, "update to 15; until then, set option labels to see any job");
    }
    return version.before(15, 0)
        ? Finding.wrong(what, "update to 15 or newer")
        : Finding.fine(what);
  }
}
