package dev.nimbus.cli.run;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.EventStream;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.time.SystemTime;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Follows the log of one job to its end. When the connection breaks it is made again and goes on
 * after the last line seen, so that no line is lost and none comes twice.
 */
public final class LogFollower {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final TextClient client;
  private final String job;
  private final Duration patience;
  private final Consumer<String> notes;
  private LinePosition last = LinePosition.NONE;

  /**
   * A follower of a job.
   *
   * @param patience how long to try when the service cannot be reached
   * @param notes told when the connection is lost and found again
   */
  public LogFollower(TextClient client, String job, Duration patience, Consumer<String> notes) {
    this.client = client;
    this.job = job;
    this.patience = patience;
    this.notes = notes;
  }

  /**
   * Hands over each line as JSON, until the job has ended and its log is complete.
   *
   * @return what the service said of the end, as JSON, or nothing
   */
  public String follow(Consumer<String> lines) throws InterruptedException {
    var lostAt = 0L;
    var pause = FIRST_PAUSE;
    while (true) {
      try (var stream = client.events(path(), last.text())) {
        if (lostAt != 0) {
          notes.accept("connected again");
        }
        for (var event = stream.next(); event.isPresent(); event = stream.next()) {
          lostAt = 0;
          pause = FIRST_PAUSE;
          if (event.get().name().equals("end")) {
            return event.get().data();
          }
          pass(event.get(), lines);
        }
      } catch (NimbusException e) {
        lostAt = lost(lostAt, e);
      }
      SystemTime.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void pass(EventStream.Event event, Consumer<String> lines) {
    if (!event.name().equals("line")) {
      return;
    }
    var position = LinePosition.parse(event.id());
    if (position.after(last)) {
      last = position;
      lines.accept(event.data());
    }
  }

  private long lost(long since, NimbusException e) {
    if (e.kind() != Kind.UNAVAILABLE) {
      throw e;
    }
    var now = SystemTime.nanos();
    if (since == 0) {
      notes.accept("connection lost, trying again (" + e.getMessage() + ")");
      return now;
    }
    if (now - since > patience.toNanos()) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Gave up on the log of "
              + job
              + " after "
              + Times.words(patience)
              + "; the job goes on: nimbus logs "
              + job
              + " --follow",
          e);
    }
    return since;
  }

  private String path() {
    return Paths.with(Paths.JOB_LOGS, job) + "?follow=true";
  }
}
