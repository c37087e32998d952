package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.placement.Waiting;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.core.storage.Page;
import dev.nimbus.core.storage.Standing;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Jobs in the tables job, job_spec, job_metadata and attempt. */
final class SqlJobStore implements JobStore {
  /** Lanes are few, so those in use are sorted; jobs are counted along the index of a lane. */
  static final String DEMAND =
      """
      SELECT l.org_id, l.repository, l.labels, l.milli_cpus, l.memory_bytes,
             (SELECT count(*) FROM job WHERE lane_id = l.lane_id AND state = 'waiting'),
             CASE WHEN o.max_running > o.running THEN o.max_running - o.running ELSE 0 END,
             CASE WHEN o.max_running_per_repository > r.running
                  THEN o.max_running_per_repository - r.running ELSE 0 END,
             (SELECT queued_at FROM job WHERE seq = l.head), l.not_before
        FROM (SELECT lane_id, org_id, repository, labels, milli_cpus, memory_bytes, head,
                     not_before
                FROM lane
               WHERE head IS NOT NULL
               ORDER BY head
               LIMIT ?) l
             JOIN org o ON o.org_id = l.org_id
             JOIN repository r ON r.org_id = l.org_id AND r.repository = l.repository
       ORDER BY l.head
      """;

  private final Database database;

  SqlJobStore(Database database) {
    this.database = database;
  }

  @Override
  public Admit admit(NewJob job, Instant now) {
    return database.write("admit job", job.id(), Admitting.of(job, now)::run);
  }

  @Override
  public Optional<Job> find(OrgId org, JobId id) {
    return database.read("find job", id, session -> find(session, org, id)).map(WholeJob::job);
  }

  @Override
  public Page list(OrgId org, JobFilter filter) {
    return Listing.of(org, filter).read(database);
  }

  @Override
  public List<Attempt> attempts(OrgId org, JobId id) {
    return database.read(
        "list attempts of job",
        id,
        session ->
            session.all(
                """
                SELECT fence, host_id, leased_at, started_at, ended_at, ending
                  FROM attempt
                 WHERE seq = (SELECT seq FROM job WHERE org_id = ? AND job_id = ?)
                 ORDER BY fence
                """,
                SqlJobStore::attempt,
                org.value(),
                id.value()));
  }

  @Override
  public Cancel cancel(OrgId org, JobId id, String by, Instant now) {
    var cancelling = new Cancelling(org, id, by, Times.stored(now));
    return database.write("cancel job", id, cancelling::run);
  }

  @Override
  public boolean giveUp(Job seen, String why, Instant now) {
    var abandoning = new Abandoning(seen, Outcome.dead(why), Times.stored(now));
    return database.write("give up job", seen.id(), abandoning::run);
  }

  @Override
  public Retry retry(OrgId org, JobId id, Instant now) {
    var retrying = new Retrying(org, id, Times.stored(now));
    return database.write("retry job", id, retrying::run);
  }

  @Override
  public Optional<Standing> standing(OrgId org, JobId id) {
    return database.read("see what holds up job", id, session -> standing(session, org, id));
  }

  @Override
  public List<Waiting> demand(int limit) {
    return database.read(
        "list", "demand", session -> session.all(DEMAND, SqlJobStore::waiting, limit));
  }

  @Override
  public Map<String, Long> counts(OrgId org) {
    return database.read(
        "count jobs of tenant",
        org,
        session -> {
          var counts = new TreeMap<String, Long>();
          session.all(
              """
              SELECT state, count(*)
                FROM job
               WHERE org_id = ? AND ended_at IS NOT NULL
               GROUP BY state
              UNION ALL
              SELECT state, count(*)
                FROM job
               WHERE org_id = ? AND ended_at IS NULL
               GROUP BY state
              """,
              row -> counts.put(row.text(), row.number()),
              org.value(),
              org.value());
          return counts;
        });
  }

  @Override
  public int forget(Instant endedBefore, int limit) {
    return database.write(
        "forget jobs that ended before",
        endedBefore,
        session -> Forgetting.run(session, endedBefore, limit));
  }

  static Optional<WholeJob> find(Session session, OrgId org, JobId id) throws SQLException {
    return session.first(
        "SELECT " + WholeJob.COLUMNS + " FROM job WHERE org_id = ? AND job_id = ?",
        WholeJob::read,
        org.value(),
        id.value());
  }

  private static Optional<Standing> standing(Session session, OrgId org, JobId id)
      throws SQLException {
    return session.first(
        """
        SELECT j.labels, j.milli_cpus, j.memory_bytes, o.org_id, o.max_running,
               o.max_running_per_repository, o.max_waiting, o.waiting, o.running, o.used_until,
               (SELECT count(*)
                  FROM lane l CROSS JOIN job a
                 WHERE l.org_id = j.org_id AND l.head IS NOT NULL AND a.lane_id = l.lane_id
                   AND a.state = 'waiting' AND a.seq < j.seq),
               coalesce((SELECT running FROM repository
                          WHERE org_id = j.org_id AND repository = j.repository), 0),
               coalesce((SELECT not_before FROM lane WHERE lane_id = j.lane_id), 0)
          FROM job j JOIN org o ON o.org_id = j.org_id
         WHERE j.org_id = ? AND j.job_id = ? AND j.state = 'waiting'
        """,
        row ->
            new Standing(
                requirements(row),
                SqlOrgStore.standing(row),
                row.number(),
                row.count(),
                row.time()),
        org.value(),
        id.value());
  }

  private static Waiting waiting(Row row) throws SQLException {
    return new Waiting(
        new OrgId(row.text()),
        new Repository(row.text()),
        requirements(row),
        row.count(),
        row.count(),
        row.count(),
        row.time(),
        row.time());
  }

  private static Requirements requirements(Row row) throws SQLException {
    return new Requirements(StoredLabels.read(row.text()), new Size(row.count(), row.number()));
  }

  private static Attempt attempt(Row row) throws SQLException {
    var fence = new Fence(row.number());
    var host = new HostId(row.text());
    var leasedAt = row.time();
    var startedAt = row.timeOrNull();
    var endedAt = row.time();
    var ending = row.text();
    return startedAt == null
        ? new Attempt.NeverStarted(fence, host, leasedAt, endedAt, ending)
        : new Attempt.Ran(fence, host, leasedAt, startedAt, endedAt, ending);
  }
}
