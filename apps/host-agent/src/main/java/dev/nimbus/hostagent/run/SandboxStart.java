package dev.nimbus.hostagent.run;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.runner.Opening;
import dev.nimbus.hostagent.runner.Opening.Opened;
import dev.nimbus.hostagent.ship.Console;
import dev.nimbus.hostagent.sweep.HeldJob;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Getting one job into its sandbox, with nothing in its log that must not be there. */
final class SandboxStart {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxStart.class);

  private final HeldJob job;
  private final Jobs jobs;
  private final Means means;
  private final JobLog log;

  SandboxStart(HeldJob job, Jobs jobs, JobLog log) {
    this.job = job;
    this.jobs = jobs;
    this.means = jobs.means();
    this.log = log;
  }

  /**
   * Starts it; empty when no sandbox is to be started, and the reason was told.
   *
   * @param wanted whether it is still to be started
   */
  Optional<Sandbox> start(Opening opening, BooleanSupplier wanted, Consumer<Event> tell)
      throws InterruptedException {
    switch (opened(opening, wanted)) {
      case Opened.Unstarted(var events) -> {
        events.forEach(tell);
        return Optional.empty();
      }
      case Opened.Ready ready when wanted.getAsBoolean() -> {
        log.hide(ready.secrets());
        return Optional.of(start(ready));
      }
      case Opened.Ready _ -> {
        tell.accept(new Event.StartFailed("Its start was called off", false));
        return Optional.empty();
      }
    }
  }

  /**
   * The console of a sandbox an earlier life started. Where nobody knows any more, or can read,
   * what must be kept out of the log, the job runs on but its console is not read any further: a
   * log that is cut short can be lived with, a credential in it cannot be taken back. What this
   * agent itself says of the job, such as how it ended, is still in the log.
   */
  Console console(Sandbox box) {
    if (!job.runner()) {
      return box::console;
    }
    try {
      var secrets = means.runners().secrets().kept(job.id());
      if (secrets.isPresent()) {
        log.hide(secrets.get());
        return box::console;
      }
      LOG.atWarn().addKeyValue("job", job.id()).log("Log is cut short, its secrets are not known");
    } catch (NimbusException e) {
      LOG.atWarn()
          .addKeyValue("job", job.id())
          .setCause(e)
          .log("Log is cut short, its secrets cannot be read");
    }
    return Console.EMPTY;
  }

  private Opened opened(Opening opening, BooleanSupplier wanted) throws InterruptedException {
    var began = means.pace().now();
    var opened = opening.open(wanted);
    if (job.runner() && opened instanceof Opened.Ready) {
      means.metrics().started("runner", means.pace().now().minus(began));
    }
    return opened;
  }

  private Sandbox start(Opened.Ready ready) {
    var began = means.pace().now();
    var limits = jobs.limits();
    var box =
        means
            .executor()
            .start(
                new SandboxSpec(
                    job.id(),
                    ready.job(),
                    job.size(),
                    limits.disk(),
                    limits.processes(),
                    limits.consoleBytes(),
                    ready.equipment()));
    means.metrics().started("sandbox", means.pace().now().minus(began));
    return box;
  }
}
