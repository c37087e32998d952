package dev.nimbus.testkit.forge.kin;

import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Gitea. */
public final class FakeGitea extends Kin {
  private final GiteaShapes shapes;

  private FakeGitea(InstantSource time, Release release) {
    super(time, release == Release.V1_27, List.of("Gitea", "Gogs", "GitHub"));
    this.shapes = new GiteaShapes(server.url(), world, release);
    new GiteaCalls(world, shapes, release, gate).addTo(routes);
    StatusCalls.addTo(routes, world);
  }

  public static FakeGitea start(InstantSource time, Release release) {
    var fake = new FakeGitea(time, release);
    fake.open();
    return fake;
  }

  @Override
  ForgeKind kind() {
    return ForgeKind.GITEA;
  }

  @Override
  Optional<Long> start(RunnerLaunch launch) {
    return Program.once(launch);
  }

  @Override
  Map<String, Object> told(Job job, Status status) {
    return Map.of("workflow_job", shapes.hook(job));
  }

  /** Which Gitea to start. */
  public enum Release {
    /** Counts attempts as runners take jobs, and says little of pull requests. */
    V1_25("1.25.3"),
    /** Keeps attempts apart, can disable runners, and says which repositories a pull joins. */
    V1_27("1.27.0");

    private final String version;

    Release(String version) {
      this.version = version;
    }

    String version() {
      return version;
    }
  }
}
