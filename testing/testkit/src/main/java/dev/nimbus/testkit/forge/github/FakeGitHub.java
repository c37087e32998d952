package dev.nimbus.testkit.forge.github;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.World.Job;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A GitHub. Webhooks leave on the thread of whoever caused them. */
public final class FakeGitHub implements FakeForge {
  private static final String SECRET = "It's a Secret to Everybody";

  private final Setup setup;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> afterwards = new ArrayDeque<>();
  private final Server server = Server.listen();
  private final World world;
  private final Shapes shapes;
  private final Post post;
  private final Access access;
  private final Limits limits;
  private final Gate gate;
  private final SetWorld sets;
  private final ScaleSets scaleSets;
  private volatile Duration busyLate = Duration.ZERO;

  private FakeGitHub(Setup setup, InstantSource time) {
    this.setup = setup;
    this.time = time;
    this.world = new World(time);
    this.shapes = new Shapes(server.base());
    this.post = new Post(SECRET, setup.mischief(), time);
    this.limits = new Limits(setup.limits());
    var routes = new Routes();
    this.access = new Access(setup.apps(), time);
    this.gate = new Gate(routes, access, limits, time, lock, server, setup.mischief());
    var appShapes = new AppShapes(server.base(), shapes);
    new RunnerCalls(world, shapes, access, this::saidBusy).addTo(routes);
    this.sets = new SetWorld(world, lock, time);
    this.scaleSets = ScaleSets.of(sets, server.url(), routes);
    new JobCalls(world, shapes, appShapes).addTo(routes);
    new AppCalls(access, appShapes, post, gate::granted, afterwards::add).addTo(routes);
  }

  /** One App, the published limits. */
  public static FakeGitHub start(InstantSource time) {
    return start(time, Setup.USUAL);
  }

  public static FakeGitHub start(InstantSource time, Setup setup) {
    var fake = new FakeGitHub(setup, time);
    fake.server.start(
        call -> {
          var answer = fake.gate.answer(call);
          fake.doAfterwards();
          return answer;
        },
        fake.scaleSets::answer);
    return fake;
  }

  @Override
  public Connection connection() {
    var options = new TreeMap<String, String>();
    for (var app = 1; app <= setup.apps(); app++) {
      options.put("app_id" + suffix(app), Integer.toString(app));
    }
    if (setup.apps() == 0) {
      options.put("hook_id", "1");
    }
    return new Connection(
        OrgId.DEFAULT,
        new ConnectionId("c-github"),
        new ConnectionName("github"),
        ForgeKind.GITHUB,
        server.url(),
        OWNER,
        List.of(),
        options,
        new Sealed("none", ""),
        time.instant(),
        1);
  }

  @Override
  public Map<String, String> secrets() {
    var secrets = new TreeMap<String, String>();
    secrets.put(WEBHOOK_SECRET, SECRET);
    for (var app = 1; app <= setup.apps(); app++) {
      secrets.put("private_key" + suffix(app), Access.privateKey(app));
    }
    if (setup.apps() == 0) {
      secrets.put("token", Access.TOKEN);
    }
    return secrets;
  }

  /** Sends webhooks to this address from now on, besides keeping them. */
  public void sendTo(URI address) {
    post.sendTo(address);
  }

  /** Sends what is late. */
  public void flush() {
    post.flush();
  }

  /** Which limits were broken how often. */
  public Limits limits() {
    return limits;
  }

  /** Tells every call and its answer, on the thread that answers. */
  public void observe(Consumer<Observed> observer) {
    gate.observe(observer);
  }

  /**
   * Says in lists of a runner that took a job that it is idle for so long. Whether it may be
   * deleted is decided by how things are.
   */
  public void sayBusyLate(Duration by) {
    busyLate = by;
  }

  /** Answers a call of the person whose token it knows, with no network between. */
  public Observed ask(String method, String path, String query, byte[] body) {
    var headers = Map.of("authorization", "Bearer " + Access.TOKEN);
    var call = new Server.Call(method, path, query, headers, body);
    var answer = gate.answer(call);
    doAfterwards();
    return Gate.observed(call, answer);
  }

  /** Takes back every token Apps were given, before its time. */
  public void revokeTokens() {
    access.revoke();
  }

  /** Its scale sets. */
  public ScaleSets scaleSets() {
    return scaleSets;
  }

  /** Makes a runner group; its id. */
  public long group(String name) {
    return locked(
        () -> {
          var id = world.nextId();
          world.groups().put(id, name);
          return id;
        });
  }

  @Override
  public Repository repository(String fullName) {
    return new Repository(locked(() -> world.repository(fullName)).fullName());
  }

  @Override
  public ForgeJobKey queue(Wanted wanted) {
    return said("queued", () -> sets.queued(world.queue(wanted)));
  }

  /** One more job in the run another belongs to. */
  public ForgeJobKey queueBeside(ForgeJobKey other, List<String> labels) {
    return said("queued", () -> sets.queued(world.queue(job(other).run, labels)));
  }

  @Override
  public void steal(ForgeJobKey key, String runner) {
    said(
        "in_progress",
        () -> {
          var job = job(key);
          world.start(job, runner, 1);
          return job;
        });
  }

  @Override
  public void finish(ForgeJobKey key) {
    end(key, "success");
  }

  @Override
  public void cancel(ForgeJobKey key) {
    end(key, "cancelled");
  }

  @Override
  public ForgeJobKey rerun(ForgeJobKey over) {
    return said("queued", () -> sets.queued(world.rerun(job(over))));
  }

  @Override
  public Optional<ForgeJobKey> run(RunnerLaunch launch) {
    var taken = locked(() -> take(launch));
    taken.ifPresent(job -> post.send(webhook("in_progress", job)));
    return taken.map(FakeGitHub::key);
  }

  private Optional<Job> take(RunnerLaunch launch) {
    var config = launch.environment().getOrDefault("ACTIONS_RUNNER_INPUT_JITCONFIG", "");
    var given = JitConfig.decode(config);
    var runner =
        world.runners().stream()
            .filter(one -> one.id == given.runnerId() && one.key.equals(given.key()))
            .filter(one -> one.job == null)
            .findFirst();
    var job = runner.flatMap(world::nextFor);
    runner.ifPresent(one -> one.online = true);
    job.ifPresent(
        one -> {
          runner.orElseThrow().job = one;
          world.start(one, runner.orElseThrow().name, runner.orElseThrow().id);
          sets.started(one);
        });
    return job;
  }

  @Override
  public List<String> runners() {
    return locked(() -> world.runners().stream().map(runner -> runner.name).toList());
  }

  @Override
  public void addRunner(String name) {
    locked(
        () ->
            world.addRunner(
                "/orgs/" + OWNER, name, World.DEFAULT_GROUP, List.of("self-hosted"), false));
  }

  @Override
  public String saidOf(ForgeJobKey key) {
    return locked(
        () -> {
          var said = world.saidOf(job(key).run.sha());
          return said.isEmpty() ? "" : said.getLast().description();
        });
  }

  @Override
  public List<Delivery> sent() {
    return post.arrived();
  }

  @Override
  public Delivery signed(Delivery like, byte[] body, String secret) {
    return sign(like, body, secret);
  }

  /** The same, where no GitHub is at hand. */
  public static Delivery sign(Delivery like, byte[] body, String secret) {
    return Post.signed(like, body, secret);
  }

  @Override
  public void suffer(Fault fault) {
    gate.faults().add(fault);
  }

  @Override
  public void recover() {
    gate.faults().clear();
  }

  @Override
  public void close() {
    sets.close();
    server.close();
    post.close();
  }

  private void end(ForgeJobKey key, String conclusion) {
    said(
        "completed",
        () -> {
          var job = job(key);
          world.end(job, conclusion);
          sets.ended(job);
          return job;
        });
  }

  /** Lets something happen to a job, and a webhook say so. */
  private ForgeJobKey said(String action, Supplier<Job> happening) {
    var job = locked(happening);
    post.send(webhook(action, job));
    return key(job);
  }

  private HookLog.Webhook webhook(String action, Job job) {
    var body = locked(() -> Json.write(shapes.hook(action, job)));
    return post.webhook("workflow_job", action, job.run.repo.id(), body);
  }

  private boolean saidBusy(World.Runner runner) {
    var job = runner.job;
    return job != null
        && !gate.faults().contains(Fault.SAYS_IDLE)
        && !job.startedAt.plus(busyLate).isAfter(time.instant());
  }

  private Job job(ForgeJobKey key) {
    return world.job(Long.parseLong(key.id()));
  }

  private static ForgeJobKey key(Job job) {
    return new ForgeJobKey(Long.toString(job.id), job.attempt);
  }

  private static String suffix(int app) {
    return app == 1 ? "" : "_" + app;
  }

  private void doAfterwards() {
    for (var next = next(); next.isPresent(); next = next()) {
      next.get().run();
    }
  }

  private Optional<Runnable> next() {
    return locked(() -> Optional.ofNullable(afterwards.poll()));
  }

  private <T> T locked(Supplier<T> happening) {
    lock.lock();
    try {
      return happening.get();
    } finally {
      lock.unlock();
    }
  }
}
