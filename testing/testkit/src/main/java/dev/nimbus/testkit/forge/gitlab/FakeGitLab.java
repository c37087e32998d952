package dev.nimbus.testkit.forge.gitlab;

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
import dev.nimbus.testkit.forge.http.Gate;
import dev.nimbus.testkit.forge.http.Routes;
import dev.nimbus.testkit.forge.http.Server;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A GitLab. Webhooks leave on the thread of whoever caused them. */
public final class FakeGitLab implements FakeForge {
  /** Calls a token may make in a minute, as gitlab.com publishes it. */
  public static final int PER_MINUTE = 2_000;

  private final InstantSource time;
  private final Proof proof;
  private final World world;
  private final Shapes shapes;
  private final Guard guard;
  private final Gate gate;
  private final Post post;
  private final Server server = Server.listen();
  private final Deque<Runnable> afterwards = new ArrayDeque<>();

  private FakeGitLab(InstantSource time, Release release, Proof proof, int perMinute) {
    var routes = new Routes();
    this.time = time;
    this.proof = proof;
    this.world = new World(time);
    this.shapes = new Shapes(server.url(), release, time);
    this.guard = new Guard(routes, time, perMinute);
    this.gate = new Gate(guard::answer);
    this.post = new Post(proof, time);
    var calls = new Calls(world, shapes, release, gate);
    calls.addTo(routes);
    new RunnerCalls(world, shapes, gate).addTo(routes, calls);
    new Work(world, this::happened).addTo(routes);
  }

  public static FakeGitLab start(InstantSource time, Release release, Proof proof) {
    return start(time, release, proof, PER_MINUTE);
  }

  /** The same with another limit. */
  public static FakeGitLab start(InstantSource time, Release release, Proof proof, int perMinute) {
    var fake = new FakeGitLab(time, release, proof, perMinute);
    fake.server.start(
        call -> {
          var answer = fake.gate.answer(call);
          fake.doAfterwards();
          return answer;
        });
    return fake;
  }

  /** Tells every call and its answer, on the thread that answers. */
  public void observe(Consumer<Observed> observer) {
    server.observe(observer);
  }

  /** Sends webhooks there from now on, besides keeping them. */
  public void sendTo(Consumer<Delivery> receiver) {
    post.sendTo(receiver);
  }

  /** Makes an account a person's, which was a group. */
  public void person(String name) {
    gate.locked(() -> world.people().add(name));
  }

  /** Nothing happened in a project since then. */
  public void quietSince(Repository repository, Instant since) {
    gate.locked(() -> world.project(repository.value()).lastActivityAt = since);
  }

  /** Lets the token see no more of a project than that it is there. */
  public void hide(Repository repository) {
    gate.locked(() -> world.project(repository.value()).hidden = true);
  }

  /**
   * A group or project has a webhook to Nimbus.
   *
   * @param status as GitLab says it, such as {@code executable} or {@code disabled}
   */
  public void hook(String path, String status) {
    gate.locked(() -> Optional.ofNullable(world.hooks().put(path, status)));
  }

  /** Makes the token an administrator's. */
  public void administrator() {
    gate.locked(() -> world.administer());
  }

  /** A person cancels a job that runs; its runner has yet to stop. */
  public void cancelSlowly(ForgeJobKey key) {
    change(
        () -> {
          job(key).status = Status.CANCELING;
          return job(key);
        });
  }

  /** How many calls were above the limit. */
  public int refused() {
    return gate.locked(guard::refused);
  }

  /** What the runner of a job wrote. */
  public String traceOf(ForgeJobKey key) {
    return gate.locked(() -> job(key).trace.toString());
  }

  /** How far a job has come, such as {@code pending}, {@code running} or {@code success}. */
  public String statusOf(ForgeJobKey key) {
    return gate.locked(() -> job(key).status.word());
  }

  @Override
  public Connection connection() {
    return new Connection(
        OrgId.DEFAULT,
        new ConnectionId("c-gitlab"),
        new ConnectionName("gitlab"),
        ForgeKind.GITLAB,
        server.url(),
        OWNER,
        List.of(),
        new TreeMap<>(),
        new Sealed("none", ""),
        time.instant(),
        1);
  }

  @Override
  public Map<String, String> secrets() {
    return Map.of("token", Guard.TOKEN, proof.name, proof.secret);
  }

  @Override
  public String webhookSecret() {
    return proof.name;
  }

  @Override
  public String anotherSecret() {
    return proof.another;
  }

  @Override
  public Repository repository(String fullName) {
    return new Repository(gate.locked(() -> world.project(fullName)).path);
  }

  @Override
  public ForgeJobKey queue(Wanted wanted) {
    return begin(() -> world.create(wanted));
  }

  @Override
  public ForgeJobKey rerun(ForgeJobKey key) {
    return begin(() -> world.again(job(key)));
  }

  /** A job is made, and then waits. */
  private ForgeJobKey begin(Supplier<Job> making) {
    return change(
        () -> {
          var job = making.get();
          happened(job, Status.CREATED);
          job.status = Status.PENDING;
          return job;
        });
  }

  @Override
  public void steal(ForgeJobKey key, String runner) {
    change(
        () -> {
          world.start(job(key), Optional.empty(), runner);
          return job(key);
        });
  }

  @Override
  public void finish(ForgeJobKey key) {
    end(key, Status.SUCCESS);
  }

  /** A runner is told to stop before its job is over. */
  @Override
  public void cancel(ForgeJobKey key) {
    if (gate.locked(() -> job(key).status.runs())) {
      cancelSlowly(key);
    }
    end(key, Status.CANCELED);
  }

  private void end(ForgeJobKey key, Status status) {
    change(
        () -> {
          world.end(job(key), status);
          return job(key);
        });
  }

  @Override
  public Optional<ForgeJobKey> run(RunnerLaunch launch) {
    return Program.runSingle(launch).map(FakeGitLab::key);
  }

  @Override
  public List<String> runners() {
    return gate.locked(() -> world.runners().stream().map(one -> one.description).toList());
  }

  /** It has the tag ours have, for nothing keeps anybody from choosing it. */
  @Override
  public void addRunner(String name) {
    gate.locked(() -> world.addRunner(0, name, List.of("nimbus-runner", "docker"), false));
  }

  @Override
  public String saidOf(ForgeJobKey key) {
    return gate.locked(() -> world.said().getOrDefault(job(key).commit(), ""));
  }

  @Override
  public List<Delivery> sent() {
    return post.sent();
  }

  @Override
  public Delivery signed(Delivery like, byte[] body, String secret) {
    return post.signed(like, body, secret);
  }

  @Override
  public void suffer(Fault fault) {
    gate.suffer(fault);
  }

  @Override
  public void recover() {
    gate.recover();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Lets something happen to a job, and webhooks say so. */
  private ForgeJobKey change(Supplier<Job> happening) {
    var key =
        gate.locked(
            () -> {
              var job = happening.get();
              happened(job, job.status);
              return key(job.id);
            });
    doAfterwards();
    return key;
  }

  private void happened(Job job, Status status) {
    var body = Json.write(shapes.hook(job, status));
    afterwards.add(() -> post.send(body));
  }

  private void doAfterwards() {
    for (var next = next(); next.isPresent(); next = next()) {
      next.get().run();
    }
  }

  private Optional<Runnable> next() {
    return gate.locked(() -> Optional.ofNullable(afterwards.poll()));
  }

  private Job job(ForgeJobKey key) {
    return world
        .job(Long.parseLong(key.id()))
        .orElseThrow(() -> new IllegalArgumentException("No job " + key));
  }

  private static ForgeJobKey key(long id) {
    return new ForgeJobKey(Long.toString(id), 1);
  }

  /** Which GitLab to start. */
  public enum Release {
    /** Says neither in webhooks what project they are of, nor in lists which runners are busy. */
    V18("18.0.6-ee"),
    /** Says both, and in lists of jobs what caused them. */
    V19("19.4.1");

    private final String version;

    Release(String version) {
      this.version = version;
    }

    String version() {
      return version;
    }
  }

  /** What webhooks are believed by. */
  public enum Proof {
    /** A signature of the body, its id and its time. */
    SIGNATURE(
        WEBHOOK_SECRET,
        "whsec_VGhlIGZha2UgR2l0TGFiIHNpZ25zIHdpdGggdGhpcy4=",
        "whsec_VGhpcyBpcyB3aGF0IGl0IHNpZ25zIHdpdGggbmV4dC4="),
    /** A token beside the body. */
    TOKEN("webhook_token", "a token between GitLab and its hook", "the next token");

    private final String name;
    private final String secret;
    private final String another;

    Proof(String name, String secret, String another) {
      this.name = name;
      this.secret = secret;
      this.another = another;
    }

    String secret() {
      return secret;
    }
  }
}
