package dev.nimbus.adapters.forges.github;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** The ground of tests about what only GitHub does: a fake, and every call made to it. */
abstract class GitHubCase {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final SteppedTime time = new SteppedTime(Connections.NOON);
  final List<Observed> calls = new CopyOnWriteArrayList<>();
  private final Repository shop = new Repository("acme/shop");
  private FakeGitHub fake = started(Setup.USUAL);

  @AfterEach
  final void closeFake() {
    fake.close();
  }

  /** Goes on with another kind of GitHub. */
  final void use(Setup setup) {
    fake.close();
    fake = started(setup);
  }

  final FakeGitHub fake() {
    return fake;
  }

  final Repository shop() {
    return shop;
  }

  final GitHubForge open() {
    return open(fake.connection());
  }

  final GitHubForge open(Connection connection) {
    return GitHubForge.open(connection, fake.secrets(), CLIENT, time, time::stepTo);
  }

  final GitHubForge open(Map<String, String> options) {
    return open(Connections.with(fake.connection(), options));
  }

  final ForgeJob waitingJob(GitHubForge forge, String... labels) {
    var key = fake.queue(Wanted.job(shop, labels));
    return forge.waiting(Optional.of(shop)).stream()
        .filter(job -> job.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  static RunnerSpec spec(int number, ForgeJob job) {
    return new RunnerSpec(runner(number), job);
  }

  static RunnerName runner(int number) {
    return RunnerName.of(new SandboxId(new JobId("j-" + number), new Fence(1)));
  }

  static Registered.Ready ready(Registered registered) {
    if (registered instanceof Registered.Ready ready) {
      return ready;
    }
    throw new AssertionError("Not ready: " + registered);
  }

  /** Calls made with this method to paths that end like this. */
  final List<Observed> calls(String method, String end) {
    return calls.stream()
        .filter(call -> call.method().equals(method) && call.path().endsWith(end))
        .toList();
  }

  private FakeGitHub started(Setup setup) {
    var github = FakeGitHub.start(time, setup);
    github.repository(shop.value());
    github.observe(calls::add);
    return github;
  }
}
