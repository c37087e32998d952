package dev.nimbus.testkit.forge;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.log.SteppedTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The ground the suites of a forge stand on, and the words they are written in. */
abstract class ForgeGround {
  protected static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  protected static final String[] LABELS = {"nimbus", "linux", "x64"};

  private final SteppedTime time = new SteppedTime(NOON);
  private FakeForge fake;
  private Forge forge;
  private Repository shop;

  /** Starts an empty forge that lives by this time. */
  protected abstract FakeForge start(SteppedTime time);

  /** Opens the forge under test; waiting for a moment is {@link SteppedTime#stepTo}. */
  protected abstract Forge open(Connection connection, Map<String, String> secrets);

  /** What the forge can do; a suite that overrides this says why. */
  protected Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  @BeforeEach
  final void startForge() {
    fake = start(time);
    forge = open(fake.connection(), fake.secrets());
    shop = fake.repository("acme/shop");
  }

  @AfterEach
  final void stopForge() {
    fake.close();
  }

  protected final SteppedTime time() {
    return time;
  }

  protected final FakeForge fake() {
    return fake;
  }

  protected final Forge forge() {
    return forge;
  }

  protected final Repository shop() {
    return shop;
  }

  final boolean can(Ability ability) {
    return abilities().contains(ability);
  }

  /** A runner's name, as far as the forge tells of runners. */
  final String named(String runner) {
    return can(Ability.NAMES_RUNNERS) ? runner : "";
  }

  /** A job of the shop begins to wait. */
  final ForgeJobKey queue() {
    return fake.queue(Wanted.job(shop, LABELS));
  }

  /** A job that waits, as the forge tells of it. */
  final ForgeJob waitingJob() {
    var key = queue();
    return forge.waiting(Optional.of(shop)).stream()
        .filter(job -> job.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  final List<ForgeJobKey> waitingKeys() {
    return keys(forge.waiting(Optional.empty()));
  }

  static List<ForgeJobKey> keys(List<ForgeJob> jobs) {
    return jobs.stream().map(ForgeJob::key).toList();
  }

  /** The webhooks sent while something happens. */
  final List<Delivery> sentWhile(Runnable happening) {
    var before = fake.sent().size();
    happening.run();
    var sent = fake.sent();
    return List.copyOf(sent.subList(before, sent.size()));
  }

  /** What the webhooks sent while something happens mean. */
  final List<Event> eventsWhile(Runnable happening) {
    return sentWhile(happening).stream().map(forge::parse).map(Heard::event).toList();
  }

  /** A genuine webhook: of a job that waits, or where none is sent, of one that is over. */
  final Delivery delivery() {
    var sent =
        sentWhile(
            () -> {
              var job = queue();
              fake.steal(job, "somebody-else");
              fake.finish(job);
            });
    return sent.getFirst();
  }

  final Event event(Delivery delivery) {
    return forge.parse(delivery).event();
  }

  static RunnerName runner(int number) {
    return RunnerName.of(new SandboxId(new JobId("j-" + number), new Fence(1)));
  }

  static RunnerSpec spec(int number, ForgeJob job) {
    return new RunnerSpec(runner(number), job);
  }

  /** Registers a runner that must be ready. */
  final Registered.Ready ready(RunnerSpec spec) {
    var registered = forge.register(spec);
    if (registered instanceof Registered.Ready ready) {
      return ready;
    }
    throw new AssertionError("Not ready: " + registered);
  }

  /** Registers a runner for a new job and lets it take the job. */
  final ForgeJobKey busy(int number) {
    return fake.run(ready(spec(number, waitingJob())).launch()).orElseThrow();
  }

  final String secret() {
    return fake.secrets().getOrDefault(fake.webhookSecret(), "");
  }

  /** The fake's connection for some of the repositories only. */
  final Forge only(Repository... repositories) {
    return open(restricted(List.of(repositories)), fake.secrets());
  }

  /** The fake's connection with one more or another secret. */
  final Forge with(Map<String, String> secrets) {
    var all = new TreeMap<>(fake.secrets());
    all.putAll(secrets);
    return open(fake.connection(), all);
  }

  private Connection restricted(List<Repository> repositories) {
    var all = fake.connection();
    return new Connection(
        all.org(),
        all.id(),
        all.name(),
        all.kind(),
        all.url(),
        all.owner(),
        repositories.stream().map(Repository::value).toList(),
        all.options(),
        all.secrets(),
        all.changedAt(),
        all.revision());
  }
}
