package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.ScaleSet;
import dev.nimbus.adapters.forges.github.scaleset.ScaleSets;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Pause;
import dev.nimbus.adapters.forges.http.Rotation;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.forge.Metered;
import dev.nimbus.core.forge.Redelivering;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** GitHub by webhooks, or queues of scale sets, and runners good for one job. */
public final class GitHubForge implements Listening, Redelivering, Metered {
  private final Settings settings;
  private final Hooks hooks;
  private final List<Member> members;
  private final Runners runners;
  private final Repositories repositories;
  private final Demand demand;
  private final ScaleSets scaleSets;
  private final Registration registration;
  private final Reports reports;
  private final Check check;

  private GitHubForge(
      Settings settings, List<Member> members, HttpClient client, InstantSource time, Pause pause) {
    var api = new Rotation(members.stream().map(Member::api).toList());
    var groups = new RunnerGroups(api, settings);
    var runs = new KnownRuns(api);
    this.settings = settings;
    this.members = members;
    this.hooks = new Hooks(settings);
    this.runners = new Runners(api, settings);
    this.repositories = new Repositories(api, settings, time);
    this.demand = new Demand(api, settings, repositories, runs, time);
    this.scaleSets =
        new ScaleSets(settings.scope(), settings.api(), api, runs, client, time, pause);
    this.registration = new Registration(api, settings, runners, groups, scaleSets, time);
    this.reports = new Reports(api, runs);
    this.check = new Check(api, settings, members, groups, repositories, scaleSets);
  }

  /**
   * Opens a connection; {@code INVALID} names everything that is missing or wrong in it. Makes no
   * call yet.
   *
   * @param secrets opened: {@code token}, or {@code private_key} with the option {@code app_id},
   *     and {@code webhook_secret}; numbered ones, such as {@code token_2}, come besides
   * @param client that follows no redirects
   */
  public static GitHubForge open(
      Connection connection,
      Map<String, String> secrets,
      HttpClient client,
      InstantSource time,
      Pause pause) {
    var settings = SettingsReader.read(connection, secrets);
    var members = new Members(settings, client, time, pause).all();
    return new GitHubForge(settings, members, client, time, pause);
  }

  @Override
  public ForgeKind kind() {
    return ForgeKind.GITHUB;
  }

  /** The job the body of a webhook is about, as far as it says; it need not be signed. */
  public static ForgeJob described(byte[] body, Instant at) {
    return Hooks.described(body, at);
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
    return runners.retire(name, RunnerScope.of(settings, repository));
  }

  @Override
  public List<ForgeRunner> runners() {
    return switch (settings.level()) {
      case ORGANIZATION -> runners.ours(RunnerScope.of(settings, Repository.NONE));
      case REPOSITORY ->
          repositories.active().stream()
              .flatMap(one -> runners.ours(RunnerScope.of(settings, one)).stream())
              .toList();
    };
  }

  @Override
  public List<Finding> check() {
    return check.findings();
  }

  @Override
  public boolean giveUp(ForgeJob job, String why) {
    return reports.giveUp(job, why);
  }

  @Override
  public List<String> queues() {
    return settings.scaleSets().stream().map(ScaleSet::name).toList();
  }

  @Override
  public Opening listen(Seat seat) {
    return settings
        .scaleSet(seat.queue())
        .map(set -> scaleSets.listen(set, seat))
        .orElseGet(() -> new Opening.Refused("option scale_sets names no '" + seat.queue() + "'"));
  }

  @Override
  public List<ForgeJob> unheard(String queue) {
    return settings.scaleSet(queue).map(demand::waitingFor).orElseGet(List::of);
  }

  @Override
  public int redeliver(Instant since, int limit) {
    var again = 0;
    for (var member : members) {
      var log = member.log();
      if (log.isPresent()) {
        for (var id : log.get().lost(since)) {
          if (again < limit && log.get().again(id)) {
            again++;
          }
        }
      }
    }
    return again;
  }

  @Override
  public Map<String, Long> callsLeft() {
    var left = new TreeMap<String, Long>();
    members.forEach(
        member ->
            member.api().remaining().forEach((name, calls) -> left.merge(name, calls, Long::sum)));
    return left;
  }
}
