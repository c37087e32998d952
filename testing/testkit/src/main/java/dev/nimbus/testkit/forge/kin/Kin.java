package dev.nimbus.testkit.forge.kin;

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
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a Forgejo and a Gitea do alike. Webhooks leave on the thread of whoever caused them. */
abstract sealed class Kin implements FakeForge permits FakeForgejo, FakeGitea {
  final InstantSource time;
  final World world;
  final Routes routes = new Routes();
  final Gate gate = new Gate(new Guard(routes)::answer);
  final Server server = Server.listen();
  final RunnerCalls runnerCalls;
  private final Post post;
  private final Deque<Runnable> afterwards = new ArrayDeque<>();

  Kin(InstantSource time, boolean attemptsApart, List<String> headers) {
    this.time = time;
    this.world = new World(time, attemptsApart);
    this.post = new Post(headers, time);
    this.runnerCalls = new RunnerCalls(world, new Tasks(server.url()), this::happened);
  }

  abstract ForgeKind kind();

  /** The task a started runner was given. */
  abstract Optional<Long> start(RunnerLaunch launch);

  /** The webhooks that tell of what happened to a job, by event. */
  abstract Map<String, Object> told(Job job, Status status);

  final void open() {
    runnerCalls.addTo(routes);
    server.start(
        call -> {
          var answer = gate.answer(call);
          doAfterwards();
          return answer;
        });
  }

  /** Tells every call and its answer, on the thread that answers. */
  public final void observe(Consumer<Observed> observer) {
    server.observe(observer);
  }

  /** Sends webhooks there from now on, besides keeping them. */
  public final void sendTo(Consumer<Delivery> receiver) {
    post.sendTo(receiver);
  }

  /** What the runner of a job wrote, line by line. */
  public final List<String> logOf(ForgeJobKey key) {
    return gate.locked(() -> List.copyOf(job(key).log));
  }

  /** The line a job writes when it really runs. */
  public final String lineOf(ForgeJobKey key) {
    return gate.locked(() -> Tasks.said(job(key)));
  }

  /** How far a job has come, such as {@code waiting}, {@code running} or {@code success}. */
  public final String statusOf(ForgeJobKey key) {
    return gate.locked(() -> job(key).status.word());
  }

  @Override
  public final Connection connection() {
    return new Connection(
        OrgId.DEFAULT,
        new ConnectionId("c-" + kind().word()),
        new ConnectionName(kind().word()),
        kind(),
        server.url(),
        OWNER,
        List.of(),
        new TreeMap<>(),
        new Sealed("none", ""),
        time.instant(),
        1);
  }

  @Override
  public final Map<String, String> secrets() {
    return Map.of("token", Guard.TOKEN, WEBHOOK_SECRET, Post.SECRET);
  }

  @Override
  public final Repository repository(String fullName) {
    return new Repository(gate.locked(() -> world.repository(fullName)).fullName());
  }

  @Override
  public final ForgeJobKey queue(Wanted wanted) {
    return change(_ -> world.queue(wanted));
  }

  @Override
  public final void steal(ForgeJobKey key, String runner) {
    change(
        _ -> {
          var job = job(key);
          world.start(job, 0, runner);
          return job;
        });
  }

  @Override
  public final void finish(ForgeJobKey key) {
    end(key, Status.SUCCESS);
  }

  @Override
  public final void cancel(ForgeJobKey key) {
    end(key, Status.CANCELLED);
  }

  private void end(ForgeJobKey key, Status status) {
    change(
        _ -> {
          var job = job(key);
          world.end(job, status);
          return job;
        });
  }

  @Override
  public final ForgeJobKey rerun(ForgeJobKey key) {
    return change(_ -> world.again(job(key)));
  }

  @Override
  public final Optional<ForgeJobKey> run(RunnerLaunch launch) {
    return start(launch).map(task -> gate.locked(() -> key(world.task(task).orElseThrow())));
  }

  @Override
  public final List<String> runners() {
    return gate.locked(() -> world.runners().stream().map(runner -> runner.name).toList());
  }

  @Override
  public final void addRunner(String name) {
    gate.locked(() -> world.addRunner("orgs/" + OWNER, name, "", false));
  }

  @Override
  public final String saidOf(ForgeJobKey key) {
    return gate.locked(() -> world.said().getOrDefault(job(key).run.commit(), ""));
  }

  @Override
  public final List<Delivery> sent() {
    return post.sent();
  }

  @Override
  public final Delivery signed(Delivery like, byte[] body, String secret) {
    return post.signed(like, body, secret);
  }

  @Override
  public final void suffer(Fault fault) {
    gate.suffer(fault);
  }

  @Override
  public final void recover() {
    gate.recover();
  }

  @Override
  public final void close() {
    server.close();
  }

  /** Lets something happen to a job, and webhooks say so. */
  private ForgeJobKey change(Function<World, Job> happening) {
    var key =
        gate.locked(
            () -> {
              var job = happening.apply(world);
              happened(job, job.status);
              return key(job);
            });
    doAfterwards();
    return key;
  }

  private void happened(Job job, Status status) {
    told(job, status)
        .forEach(
            (event, body) -> {
              var bytes = Json.write(body);
              afterwards.add(() -> post.send(event, bytes));
            });
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

  static ForgeJobKey key(Job job) {
    return new ForgeJobKey(Long.toString(job.id), job.attempt);
  }
}
