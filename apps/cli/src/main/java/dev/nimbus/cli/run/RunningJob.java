package dev.nimbus.cli.run;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A job that was submitted and is watched to its end. */
final class RunningJob {
  private static final Duration MOMENT = Duration.ofSeconds(2);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Shell shell;
  private final TextClient client;
  private final URI controlPlane;
  private final String id;
  private final View view;

  RunningJob(Shell shell, Target target, String id, View view) {
    this.shell = shell;
    this.client = target.text();
    this.controlPlane = target.url();
    this.id = id;
    this.view = view;
  }

  /** Shows the job until it has ended and returns what to exit with. */
  int show(String submitted) throws InterruptedException {
    var cancellation = new Cancellation(client, id, shell, Runtime.getRuntime()::halt);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> cancellation.run(GRACE)));
    view.submitted(submitted);
    try {
      var job = watch();
      view.ended(job, controlPlane);
      return job.exitCode().orElse(1);
    } finally {
      cancellation.over();
    }
  }

  private JobBrief watch() throws InterruptedException {
    var waiting = new WaitTeller(client, id, shell::say);
    waiting.start(MOMENT, PERIOD);
    try {
      var end = new LogFollower(client, id, PATIENCE, shell::say).follow(this::line);
      return ended(end);
    } finally {
      waiting.over();
    }
  }

  private void line(String line) {
    view.line(line);
    if (view.broken()) {
      client.post(Paths.with(Paths.JOB_CANCEL, id), "{}", Map.of());
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot print the output: nobody reads it");
    }
  }

  /** The job as the end of its log tells it, or as it is when asked. */
  private JobBrief ended(String end) {
    if (end.contains("\"ended_at\"")) {
      return JobBrief.parse(end);
    }
    return JobBrief.parse(client.get(Paths.with(Paths.JOB, id)));
  }
}
