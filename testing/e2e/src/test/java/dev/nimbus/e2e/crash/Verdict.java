package dev.nimbus.e2e.crash;

import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.e2e.system.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;

/** Whether every accepted job ran to its own end, once, and its log tells so. */
final class Verdict {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOG_PATIENCE = Duration.ofMinutes(1);
  private static final String CLOSING = "nimbus: ended exit=";

  private final ControlPlaneClient client;
  private final Map<String, Sent> accepted;
  private long lines;
  private long attempts;

  Verdict(ControlPlaneClient client, Map<String, Sent> accepted) {
    this.client = client;
    this.accepted = new TreeMap<>(accepted);
  }

  void check(SoftAssertions softly) {
    accepted.forEach((id, sent) -> check(softly, id, sent));
    softly
        .assertThat(known())
        .as("jobs the control plane knows")
        .hasSameElementsAs(accepted.keySet());
  }

  /** What was looked at, for a person. */
  String figures() {
    return "%,d jobs in %,d attempts with %,d log lines"
        .formatted(accepted.size(), attempts, lines);
  }

  private void check(SoftAssertions softly, String id, Sent sent) {
    var job = Await.value(PATIENCE, () -> id + " to end: " + client.job(id), () -> ended(id));
    softly.assertThat(job.exitCode()).as("exit code of %s", job).isEqualTo(sent.exitCode());
    softly.assertThat(job.state()).as("state of %s", job).isIn("succeeded", "failed");
    if (!job.state().equals("dead")) {
      checkLog(softly, job, sent);
    }
  }

  private void checkLog(SoftAssertions softly, JobView job, Sent sent) {
    var log = Await.value(LOG_PATIENCE, () -> "the end of the log of " + job, () -> closed(job));
    var of = new AttemptLog(log, job.fence());
    lines += log.size();
    attempts += job.fence();
    softly.assertThat(of.lines()).as("log of %s", job).isEqualTo(sent.expected());
    softly.assertThat(of.sequences()).as("sequences of %s", job).doesNotHaveDuplicates().isSorted();
    softly.assertThat(of.closing()).as("closing of %s", job).startsWith(CLOSING + sent.exitCode());
    softly
        .assertThat(AttemptLog.completed(log, sent.lastLine()))
        .as("attempts of %s that ran to the end", job)
        .isEqualTo(1);
  }

  private Optional<JobView> ended(String id) {
    return Optional.of(client.job(id).job()).filter(JobView::ended);
  }

  private Optional<List<LogLine>> closed(JobView job) {
    var log = client.log(job.id(), new Query().with("limit", "1000"));
    return Optional.of(log)
        .filter(lines -> !new AttemptLog(lines, job.fence()).closing().isEmpty());
  }

  private List<String> known() {
    var ids = new ArrayList<String>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      var page = client.jobs(new Query().with("limit", "100").with("after", after.get()));
      page.items().forEach(job -> ids.add(job.id()));
      after = Optional.ofNullable(page.next());
    }
    return ids;
  }
}
