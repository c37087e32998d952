package dev.nimbus.hostagent.ship;

import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one attempt of a job on its way from the console to the pipeline, from where an
 * earlier life of the agent had brought it. It never blocks the job and never gives up by itself.
 * Thread-safe.
 */
public final class Shipment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shipment.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int MAX_DOUBLINGS = 6;
  private static final int CHUNK = 16 * 1024;

  private final Parcel parcel;
  private final ShipFiles files;
  private final Outbox outbox;
  private final Shipping shipping;
  private final Thread reader;
  private final Thread sender;
  private final Progress progress = new Progress();
  private volatile Place stored;
  private volatile boolean done;
  private volatile boolean closed;

  private Shipment(
      Parcel parcel, Shipping shipping, ShipFiles files, Place stored, List<Long> cuts) {
    this.parcel = parcel;
    this.shipping = shipping;
    this.files = files;
    this.stored = stored;
    var lines = new Lines(stored, cuts, parcel.mask(), files, shipping.time());
    this.outbox = new Outbox(lines, shipping.pace());
    this.reader = Thread.ofVirtual().name("console-" + parcel.name()).unstarted(this::read);
    this.sender = Thread.ofVirtual().name("ship-" + parcel.name()).unstarted(this::send);
  }

  /**
   * Starts to ship, or goes on with it.
   *
   * @throws IOException when what an earlier life left cannot be read
   */
  public static Shipment start(Parcel parcel, Shipping shipping) throws IOException {
    var files = new ShipFiles(parcel.folder());
    var shipment = new Shipment(parcel, shipping, files, files.place(), files.cuts());
    shipment.begin();
    return shipment;
  }

  /** Says how the job ended; the log is complete once that line is stored. */
  public void end(Ending how) {
    outbox.end(how);
  }

  /**
   * Waits until the log is complete or there is no use in waiting: the pipeline is away, the log
   * unwanted, or the time is up.
   */
  public void drain(Duration atMost) throws InterruptedException {
    progress.await(shipping.pace(), atMost);
  }

  /** Whether everything is stored, or never will be: the console is of no more use. */
  public boolean done() {
    return done;
  }

  /** Console bytes that are not stored yet. Reads the console; costs what that costs. */
  public long backlogBytes() {
    var from = stored.offset();
    try (var in = parcel.console().open(from)) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return 0;
    }
  }

  /** Stops where it is, and returns when it has: another shipment can go on from there. */
  @Override
  public void close() {
    closed = true;
    outbox.close();
    progress.over();
    try {
      end(reader);
      end(sender);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(Thread thread) throws InterruptedException {
    thread.interrupt();
    if (thread.getState() != Thread.State.NEW && !thread.equals(Thread.currentThread())) {
      thread.join();
    }
  }

  private void begin() {
    if (stored.done()) {
      finish();
      return;
    }
    outbox.begin(parcel.firstLine());
    reader.start();
    sender.start();
  }

  private void read() {
    try (var in = parcel.console().open(stored.offset())) {
      var chunk = new byte[CHUNK];
      var count = in.read(chunk);
      while (count >= 0 && outbox.feed(chunk, count)) {
        count = in.read(chunk);
      }
      outbox.consoleEnded();
    } catch (IOException e) {
      unreadable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Being closed interrupts a read; anything else makes this the end of what can be shipped. */
  private void unreadable(IOException e) {
    if (!closed) {
      LOG.atWarn().addKeyValue("job", parcel.name()).setCause(e).log("Console unreadable");
      outbox.consoleEnded();
    }
  }

  private void send() {
    try {
      var failures = 0;
      for (var batch = outbox.next(); batch.isPresent(); batch = outbox.next()) {
        failures = delivered(batch.get(), failures > 0) ? 0 : failures + 1;
        if (failures > 0) {
          outbox.pause(pause(failures));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration pause(int failures) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
  }

  private boolean delivered(Batch batch, boolean failedBefore) {
    try {
      return switch (parcel.sink().send(batch.lines())) {
        case LogSink.Receipt.Stored(var sequence) -> stored(sequence);
        case LogSink.Receipt.Unwanted(var why) -> {
          LOG.atWarn().addKeyValue("job", parcel.name()).log("Log is not wanted: {}", why);
          finish();
          yield true;
        }
      };
    } catch (NimbusException e) {
      if (!failedBefore) {
        LOG.atWarn()
            .addKeyValue("job", parcel.name())
            .addKeyValue("why", e.getMessage())
            .log("Log waits for the pipeline");
      }
      progress.failing();
      return false;
    }
  }

  private boolean stored(long sequence) {
    var before = stored.sequence();
    var reached = outbox.stored(sequence);
    reached.ifPresent(this::remember);
    shipping.shipped().accept(stored.sequence() - before);
    progress.moving();
    if (stored.done()) {
      finish();
    }
    return reached.isPresent();
  }

  /** A place that cannot be written only means that lines are sent again after a crash. */
  private void remember(Place place) {
    stored = place;
    try {
      files.save(place);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("job", parcel.name()).setCause(e).log("Cannot note log position");
    }
  }

  private void finish() {
    done = true;
    outbox.close();
    progress.over();
    parcel.whenDone().run();
  }
}
