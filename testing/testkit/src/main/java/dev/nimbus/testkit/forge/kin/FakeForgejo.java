package dev.nimbus.testkit.forge.kin;

import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Forgejo. */
public final class FakeForgejo extends Kin {
  private final Release release;
  private final ForgejoShapes shapes;

  private FakeForgejo(InstantSource time, Release release) {
    super(time, false, List.of("Forgejo", "Gitea", "Gogs", "GitHub"));
    this.release = release;
    this.shapes = new ForgejoShapes(server.url(), release);
    new ForgejoCalls(world, shapes, release, gate).addTo(routes);
    runnerCalls.addPairingTo(routes);
    StatusCalls.addTo(routes, world);
  }

  public static FakeForgejo start(InstantSource time, Release release) {
    var fake = new FakeForgejo(time, release);
    fake.open();
    return fake;
  }

  @Override
  ForgeKind kind() {
    return ForgeKind.FORGEJO;
  }

  @Override
  Optional<Long> start(RunnerLaunch launch) {
    return Program.oneJob(launch);
  }

  /** Up to 16 only the end of a run is told; later, when asked to, of every job. */
  @Override
  Map<String, Object> told(Job job, Status status) {
    if (release == Release.NEXT) {
      return Map.of("workflow_job_" + status.word(), shapes.jobHook(job, status));
    }
    if (!status.over()) {
      return Map.of();
    }
    var action = status == Status.SUCCESS ? "success" : "failure";
    return Map.of("action_run_" + action, shapes.runHook(job, action));
  }

  /** Which Forgejo to start. */
  public enum Release {
    /** Lists jobs only by all of their labels, and makes no runners for programs. */
    V13("13.0.3+gitea-1.22.0"),
    /** The first whose runners can be made for one job. */
    V15("15.0.1+gitea-1.22.0"),
    /** As it is being developed: tells of each job, and where it comes from. */
    NEXT("17.0.0-dev-609-a14eb80977+gitea-1.22.0");

    private final String version;

    Release(String version) {
      this.version = version;
    }

    String version() {
      return version;
    }
  }
}
