package dev.nimbus.controlplane.http;

import dev.nimbus.api.client.EventStream;
import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogEnd;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.json.Json;
import dev.nimbus.service.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A log as it is written, up to its end. A log has ended when its job has, and the line that closes
 * the newest attempt has come. A host that died cannot send that line, so its absence is waited for
 * only so long.
 */
final class FollowedLog {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final Duration LAST_LINES = Duration.ofSeconds(10);
  private static final String CLOSING = "nimbus: ended";

  private final JobStore jobs;
  private final JobWatch watch;
  private final LogClient pipeline;
  private final OrgId org;
  private final JobId id;
  private final String after;
  private final AtomicLong closedAttempt = new AtomicLong();

  FollowedLog(
      JobStore jobs, JobWatch watch, LogClient pipeline, OrgId org, JobId id, String after) {
    this.jobs = jobs;
    this.watch = watch;
    this.pipeline = pipeline;
    this.org = org;
    this.id = id;
    this.after = after;
  }

  /** Passes lines on until the log has ended or the reader has gone. */
  void copy(Response.EventSink to) throws IOException, InterruptedException {
    var from = pipeline.follow(new Query().with("job_id", id.value()).with("after", after));
    to.onClose(() -> watch.changed(id));
    var lines = Thread.ofVirtual().name("log-of-" + id).unstarted(() -> pass(from, to));
    try (from) {
      lines.start();
      var complete = awaitEnd(to);
      if (!to.closed()) {
        to.send("end", "", new LogEnd(complete));
      }
    } finally {
      lines.join();
    }
  }

  private void pass(EventStream from, Response.EventSink to) {
    try {
      for (var event = from.next(); event.isPresent(); event = from.next()) {
        var line = Json.read(event.get().data().getBytes(StandardCharsets.UTF_8), LogLine.class);
        to.send("line", event.get().id(), line);
        if (closing(line)) {
          closedAttempt.accumulateAndGet(line.attempt() == null ? 0 : line.attempt(), Math::max);
          watch.changed(id);
        }
      }
    } catch (IOException | NimbusException e) {
      watch.changed(id);
    }
  }

  private boolean awaitEnd(Response.EventSink to) throws InterruptedException {
    var patience = LAST_LINES;
    while (!to.closed()) {
      var mark = watch.mark(id);
      var job = jobs.find(org, id);
      if (job.isEmpty()) {
        return false;
      }
      var ended = job.get().state() instanceof JobState.Ended;
      if (ended && closed(job.get())) {
        return true;
      }
      if (ended && !patience.isPositive()) {
        return false;
      }
      watch.await(id, mark, LOOK_AGAIN);
      patience = ended ? patience.minus(LOOK_AGAIN) : LAST_LINES;
    }
    return false;
  }

  private boolean closed(Job job) {
    return closedAttempt.get() >= job.fence().value() || hadClosingLine(job.fence());
  }

  /** Whether the reader, who has come back, had the closing line before. */
  private boolean hadClosingLine(Fence attempt) {
    if (!after.startsWith(attempt.value() + ".")) {
      return false;
    }
    var query =
        new Query()
            .with("job_id", id.value())
            .with("after", attempt.value() + ".0")
            .with("contains", CLOSING);
    var had = Long.parseLong(after.substring(after.indexOf('.') + 1));
    return pipeline.query(query).items().stream()
        .anyMatch(
            line ->
                closing(line)
                    && Objects.equals(line.attempt(), attempt.value())
                    && line.sequence() <= had);
  }

  private static boolean closing(LogLine line) {
    return line.source().equals("nimbus") && line.text().startsWith(CLOSING);
  }
}
