package dev.nimbus.testkit.forge.kin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is now. Its attempt counts from 1; its stranger is the name of a runner nobody here
 * knows. Used under a lock.
 */
final class Job {
  final long id;
  final Run run;
  final List<String> labels;
  final List<String> log = new ArrayList<>();
  final Map<String, String> outputs = new TreeMap<>();
  int attempt;
  Status status = Status.WAITING;
  String handle = "";
  String stranger = "";
  String requestKey = "";
  long runner;
  long task;
  Instant createdAt = Instant.EPOCH;
  @Nullable Instant startedAt;
  @Nullable Instant stoppedAt;

  Job(long id, Run run, List<String> labels, int attempt) {
    this.id = id;
    this.run = run;
    this.labels = labels;
    this.attempt = attempt;
  }
}
