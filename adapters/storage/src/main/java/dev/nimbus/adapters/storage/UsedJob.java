package dev.nimbus.adapters.storage;

import dev.nimbus.core.cost.JobUse;
import dev.nimbus.core.cost.Workload;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job of which it is known what it used; what its forge said is parsed by who asks. */
record UsedJob(
    String repository,
    String labels,
    Size size,
    Instant started,
    Instant ended,
    Usage used,
    String tagged,
    @Nullable String facts) {
  static UsedJob read(Row row) throws SQLException {
    return new UsedJob(
        row.text(),
        row.text(),
        new Size(row.count(), row.number()),
        row.time(),
        row.time(),
        new Usage(Duration.ofMillis(row.number()), row.number()),
        row.text(),
        row.textOrNull());
  }

  JobUse use() {
    var announced = StoredForgeJob.read(facts);
    var workflow = announced.workflow().isEmpty() ? tagged : announced.workflow();
    var asked = new Requirements(StoredLabels.read(labels), size);
    return new JobUse(
        new Workload(new Repository(repository), workflow, announced.name(), asked),
        Duration.between(started, ended),
        used);
  }
}
