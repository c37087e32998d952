package dev.nimbus.hostagent.run;

import dev.nimbus.hostagent.lease.Report;
import dev.nimbus.hostagent.ship.Console;
import dev.nimbus.hostagent.ship.Ending;
import dev.nimbus.hostagent.ship.LogToken;
import dev.nimbus.hostagent.ship.Mask;
import dev.nimbus.hostagent.ship.Parcel;
import dev.nimbus.hostagent.ship.Shipment;
import dev.nimbus.hostagent.ship.Shipping;
import dev.nimbus.hostagent.sweep.HeldJob;
import dev.nimbus.service.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one held job: nothing before its sandbox runs, then a shipment. A log that cannot even
 * be begun is given up, so that the job goes on without. Thread-safe.
 */
final class JobLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

  private final HeldJob job;
  private final Path folder;
  private final Means means;
  private final String greeting;
  private final LogToken token;
  private final AtomicReference<Optional<Shipment>> shipment =
      new AtomicReference<>(Optional.empty());
  private volatile List<Secret> secrets;
  private volatile boolean givenUp;

  JobLog(HeldJob job, Path folder, Means means, String greeting, String firstToken) {
    this.job = job;
    this.greeting = greeting;
    this.folder = folder;
    this.secrets = job.secrets();
    this.means = means;
    this.token = new LogToken(firstToken, () -> means.link().logToken(job.id()));
  }

  /** These must not be shown either. To be said before it begins. */
  void hide(List<Secret> more) {
    secrets = Stream.concat(secrets.stream(), more.stream()).toList();
  }

  /** Begins to ship, once; {@code whenDone} runs when the console is of no more use. */
  void open(Console console, Runnable whenDone) {
    try {
      var sink = means.sinks().open(job.id(), job.logsUrl(), token);
      var mask = Mask.of(secrets);
      var parcel = new Parcel(job.id().name(), folder, console, sink, mask, greeting, whenDone);
      var shipping = new Shipping(means.pace(), means.time(), means.metrics()::shipped);
      shipment.set(Optional.of(Shipment.start(parcel, shipping)));
    } catch (IOException | IllegalArgumentException e) {
      means.metrics().logDropped();
      LOG.atError().addKeyValue("job", job.id()).setCause(e).log("Cannot ship the log");
      givenUp = true;
    }
  }

  boolean opened() {
    return givenUp || shipment.get().isPresent();
  }

  void token(String fresh) {
    token.replace(fresh);
  }

  void end(Report report) {
    shipment.get().ifPresent(on -> on.end(ending(report)));
  }

  void drain(Duration atMost) throws InterruptedException {
    var on = shipment.get();
    if (on.isPresent()) {
      on.get().drain(atMost);
    }
  }

  boolean done() {
    return givenUp || shipment.get().map(Shipment::done).orElse(true);
  }

  long backlogBytes() {
    return shipment.get().map(Shipment::backlogBytes).orElse(0L);
  }

  @Override
  public void close() {
    shipment.get().ifPresent(Shipment::close);
  }

  private static Ending ending(Report report) {
    return switch (report) {
      case Report.Finished(var outcome) ->
          new Ending("exit=" + outcome.exitCode(), outcome.reason());
      case Report.GivenBack(var why, _) -> new Ending("given-back", why);
      case Report.Postponed(var why) -> new Ending("given-back", why);
    };
  }
}
