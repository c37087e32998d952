package dev.nimbus.e2e.dashboard;

import dev.nimbus.api.job.JobDetail;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.log.LogLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job of the fake site: a real process of this machine, its lines and its changes. Thread-safe.
 */
final class FakeJob {
  private final String id;
  private final List<String> command;
  private final List<String> labels;
  private final InstantSource time;
  private final Instant submittedAt;
  private final List<LogLine> lines = new ArrayList<>();
  private String state = "waiting";
  private String reason = "";
  private long fence;
  private long revision = 1;
  private @Nullable Process process;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private @Nullable Integer exitCode;

  FakeJob(String id, List<String> command, List<String> labels, InstantSource time) {
    this.id = id;
    this.command = command;
    this.labels = labels;
    this.time = time;
    this.submittedAt = time.instant();
  }

  /** Starts the process, unless the labels say that no host takes it. */
  synchronized void start() {
    if (labels.contains(Site.NOWHERE)) {
      return;
    }
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command, e);
    }
    fence++;
    startedAt = time.instant();
    change("running");
    var running = process;
    Thread.ofVirtual().name("fake-job").start(() -> follow(running));
  }

  synchronized void cancel() {
    if (process == null) {
      end("cancelled", 130, "Cancelled by a test");
      return;
    }
    reason = "Cancelled by a test";
    stop();
  }

  synchronized void retry() {
    process = null;
    startedAt = null;
    endedAt = null;
    exitCode = null;
    reason = "";
    change("waiting");
    start();
  }

  synchronized void stop() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.toHandle().destroyForcibly();
    }
  }

  synchronized boolean ended() {
    return endedAt != null;
  }

  synchronized JobView view() {
    var host = startedAt == null ? null : FakeSite.HOST;
    return new JobView(
        id,
        "default",
        "acme/shop",
        state,
        command,
        labels,
        "host",
        1.0,
        512L << 20,
        60_000,
        Map.of("branch", "main"),
        submittedAt,
        startedAt,
        startedAt,
        endedAt,
        host,
        fence,
        (int) fence,
        false,
        exitCode,
        reason,
        revision,
        null);
  }

  synchronized JobDetail detail() {
    var event = new JobDetail.Event(submittedAt, "submitted", "by a test");
    return new JobDetail(view(), List.of(), List.of(event));
  }

  /** Waits until there is a line after the given count or the job has ended; gives the new ones. */
  synchronized List<LogLine> linesAfter(int count) throws InterruptedException {
    while (lines.size() <= count && endedAt == null) {
      wait();
    }
    return List.copyOf(lines.subList(count, lines.size()));
  }

  /** Waits until the job has changed since the revision. */
  synchronized JobView changedSince(long known) throws InterruptedException {
    while (revision <= known) {
      wait();
    }
    return view();
  }

  private void follow(Process running) {
    try (BufferedReader output = running.inputReader()) {
      for (var text = output.readLine(); text != null; text = output.readLine()) {
        add(text);
      }
      var code = running.waitFor();
      end(ending(code), code, reason);
    } catch (IOException | InterruptedException e) {
      end("failed", 1, e.toString());
    }
  }

  private synchronized String ending(int code) {
    if (!reason.isEmpty()) {
      return "cancelled";
    }
    return code == 0 ? "succeeded" : "failed";
  }

  private synchronized void add(String text) {
    var sequence = lines.size() + 1L;
    lines.add(new LogLine(id, fence, sequence, time.instant(), "console", "info", text, true));
    notifyAll();
  }

  private synchronized void end(String ending, int code, String why) {
    endedAt = time.instant();
    exitCode = code;
    reason = why;
    change(ending);
  }

  private synchronized void change(String next) {
    state = next;
    revision++;
    notifyAll();
  }
}
