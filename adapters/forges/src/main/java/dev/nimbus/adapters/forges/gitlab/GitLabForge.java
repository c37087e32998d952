package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Budget;
import dev.nimbus.adapters.forges.http.Exchange;
import dev.nimbus.adapters.forges.http.HttpForgeApi;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Pause;
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
import dev.nimbus.core.forge.Metered;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitLab by webhooks and by listing its jobs, with a runner of the project for each. */
public final class GitLabForge implements Forge, Metered {
  private final HttpForgeApi api;
  private final Hooks hooks;
  private final Demand demand;
  private final Runners runners;
  private final Registration registration;
  private final Statuses statuses;
  private final Check check;

  private GitLabForge(Settings settings, HttpClient client, InstantSource time, Pause pause) {
    this.api = open(settings, client, time, pause);
    var projects = new Projects(api, settings, time);
    this.hooks = new Hooks(settings);
    this.demand = new Demand(api, settings, projects, time);
    this.runners = new Runners(api, settings);
    this.registration = new Registration(api, settings, projects, runners, time);
    this.statuses = new Statuses(api, demand);
    this.check = new Check(api, settings, projects);
  }

  /**
   * Opens a connection; {@code INVALID} names everything that is missing or wrong in it. Makes no
   * call yet.
   *
   * @param secrets opened: {@code token}, and {@code webhook_secret} for signed webhooks or {@code
   *     webhook_token} for others; a second one, such as {@code webhook_secret_2}, is as good
   * @param client that follows no redirects
   */
  public static GitLabForge open(
      Connection connection,
      Map<String, String> secrets,
      HttpClient client,
      InstantSource time,
      Pause pause) {
    return new GitLabForge(SettingsReader.read(connection, secrets), client, time, pause);
  }

  private static HttpForgeApi open(
      Settings settings, HttpClient client, InstantSource time, Pause pause) {
    var headers =
        Map.of(
            "Accept", "application/json",
            "User-Agent", "nimbus",
            "PRIVATE-TOKEN", settings.token());
    var budget = new Budget(Budget.Rules.POLITE, time.instant());
    return new HttpForgeApi(
        new Exchange(client, settings.base()), _ -> headers, budget, time, pause);
  }

  @Override
  public ForgeKind kind() {
    return ForgeKind.GITLAB;
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
    return runners.retire(name);
  }

  @Override
  public List<ForgeRunner> runners() {
    return runners.ours();
  }

  @Override
  public List<Finding> check() {
    return check.findings();
  }

  @Override
  public boolean giveUp(ForgeJob job, String why) {
    return statuses.giveUp(job, why);
  }

  @Override
  public Map<String, Long> callsLeft() {
    return api.remaining();
  }

  /** GitLab counts by the minute. */
  @Override
  public Duration callsLast() {
    return Duration.ofMinutes(1);
  }
}
