package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.storage.ForgeStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** What forges said, in the tables forge_job, delivery and forge_runner. */
final class SqlForgeStore implements ForgeStore {
  static final String OPEN =
      "SELECT "
          + ServedRow.COLUMNS
          + """
            FROM forge_job
           WHERE org_id = ? AND connection_id = ? AND stage <> 'finished' AND seq IS NOT NULL
             AND facts IS NOT NULL AND (queued_at, forge_id, attempt) > (?, ?, ?)
           ORDER BY queued_at, forge_id, attempt
           LIMIT ?
          """;
  static final String UNSERVED =
      "SELECT "
          + ServedRow.COLUMNS
          + """
            FROM forge_job
           WHERE org_id = ? AND connection_id = ? AND stage <> 'finished' AND stage = 'queued'
             AND seq IS NULL AND facts IS NOT NULL
           ORDER BY queued_at, forge_id, attempt
           LIMIT ?
          """;

  /** What is queued is not finished; saying so as well lets SQLite use the index of open jobs. */
  static final String OVERDUE =
      """
      SELECT job_id
        FROM forge_job f CROSS JOIN job j
       WHERE f.org_id = ? AND f.connection_id = ? AND f.stage <> 'finished' AND f.stage = 'queued'
         AND j.seq = f.seq AND j.org_id = f.org_id AND j.state = 'waiting' AND j.queued_at < ?
       ORDER BY f.queued_at, f.forge_id, f.attempt
       LIMIT ?
      """;

  static final String UNTOLD =
      "SELECT "
          + UntoldRow.COLUMNS
          + """
            FROM forge_job f CROSS JOIN job j
           WHERE f.org_id = ? AND f.connection_id = ? AND f.stage <> 'finished'
             AND f.stage = 'queued' AND f.facts IS NOT NULL
             AND j.seq = f.seq AND j.org_id = f.org_id AND j.state IN ('dead', 'rejected')
             AND (f.told_end IS NULL OR f.told_end <> j.ended_at)
           ORDER BY f.queued_at, f.forge_id, f.attempt
           LIMIT ?
          """;
  static final String LEFT_OVER =
      """
      SELECT runner, repository
        FROM forge_runner r
       WHERE org_id = ? AND connection_id = ? AND runner > ?
         AND NOT EXISTS (SELECT 1
                           FROM job
                          WHERE job.job_id = r.job_id AND job.org_id = r.org_id
                            AND job.fence = r.fence AND lease_until IS NOT NULL)
       ORDER BY runner
       LIMIT ?
      """;

  /** Lists of jobs are looked up in pieces of one size or the other, to prepare few statements. */
  private static final int SMALL_PIECE = 10;

  private static final int LARGE_PIECE = 100;

  private final Database database;

  SqlForgeStore(Database database) {
    this.database = database;
  }

  @Override
  public Queued queued(
      Source source, ForgeJob job, NewJob serving, Admission admission, Instant now) {
    var announcing = Announcing.of(source, job, serving, admission, now);
    return database.write("queue job of a forge", job.key(), announcing::run);
  }

  @Override
  public Moved started(Source source, ForgeJobKey key, String runner, Instant now) {
    return database.write(
        "start job of a forge", key, Moving.started(source, key, runner, now)::run);
  }

  @Override
  public Moved finished(
      Source source, ForgeJobKey key, String runner, String conclusion, Instant now) {
    return database.write(
        "finish job of a forge", key, Moving.finished(source, key, runner, conclusion, now)::run);
  }

  @Override
  public boolean noted(Source source, Instant now) {
    return database.write(
        "note delivery", source.deliveryId(), session -> Deliveries.isNew(session, source, now));
  }

  @Override
  public Optional<Served> servedBy(OrgId org, JobId job) {
    return servedBy(org, List.of(job)).stream().findFirst();
  }

  @Override
  public List<Served> servedBy(OrgId org, List<JobId> jobs) {
    var found = new HashMap<JobId, Served>();
    var size = jobs.size() <= SMALL_PIECE ? SMALL_PIECE : LARGE_PIECE;
    for (var from = 0; from < jobs.size(); from += size) {
      var piece = jobs.subList(from, Math.min(jobs.size(), from + size));
      database
          .read("find what jobs serve, of tenant", org, session -> find(session, org, piece, size))
          .stream()
          .map(ServedRow::served)
          .forEach(served -> found.put(served.serving(), served));
    }
    return jobs.stream().distinct().filter(found::containsKey).map(found::get).toList();
  }

  @Override
  public List<Served> open(OrgId org, ConnectionId connection, Place after, int limit) {
    return database
        .read(
            "list open jobs of connection",
            connection,
            session ->
                session.all(
                    OPEN,
                    ServedRow::read,
                    org.value(),
                    connection.value(),
                    after.queuedAt(),
                    after.id(),
                    after.attempt(),
                    limit))
        .stream()
        .map(ServedRow::served)
        .toList();
  }

  @Override
  public List<ForgeJob> unserved(OrgId org, ConnectionId connection, int limit) {
    return database
        .read(
            "list unserved jobs of connection",
            connection,
            session ->
                session.all(UNSERVED, ServedRow::read, org.value(), connection.value(), limit))
        .stream()
        .map(ServedRow::job)
        .toList();
  }

  @Override
  public List<JobId> overdue(OrgId org, ConnectionId connection, Instant before, int limit) {
    return database.read(
        "list overdue jobs of connection",
        connection,
        session ->
            session.all(
                OVERDUE,
                row -> new JobId(row.text()),
                org.value(),
                connection.value(),
                before,
                limit));
  }

  @Override
  public List<Untold> untold(OrgId org, ConnectionId connection, int limit) {
    return database
        .read(
            "list jobs of which its forge was not told, of connection",
            connection,
            session -> session.all(UNTOLD, UntoldRow::read, org.value(), connection.value(), limit))
        .stream()
        .map(UntoldRow::untold)
        .toList();
  }

  @Override
  public void told(OrgId org, ConnectionId connection, Untold what) {
    database.write(
        "note what the forge was told of job",
        what.job().key(),
        session ->
            session.update(
                """
                UPDATE forge_job
                   SET told_end = ?
                 WHERE org_id = ? AND connection_id = ? AND forge_id = ? AND attempt = ?
                   AND seq = (SELECT seq FROM job WHERE job_id = ? AND job.org_id = ?)
                """,
                what.endedAt(),
                org.value(),
                connection.value(),
                what.job().key().id(),
                what.job().key().attempt(),
                what.serving().value(),
                org.value()));
  }

  @Override
  public void registering(
      OrgId org, ConnectionId connection, SandboxId sandbox, Repository repository, Instant now) {
    database.write(
        "register the runner of sandbox",
        sandbox,
        session ->
            session.update(
                """
                INSERT INTO forge_runner (org_id, connection_id, runner, job_id, fence,
                                          repository, registered_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                org.value(),
                connection.value(),
                RunnerName.of(sandbox).value(),
                sandbox.job().value(),
                sandbox.fence().value(),
                repository.value(),
                now));
  }

  @Override
  public void retired(OrgId org, ConnectionId connection, RunnerName runner) {
    database.write(
        "retire runner",
        runner,
        session ->
            session.update(
                "DELETE FROM forge_runner WHERE org_id = ? AND connection_id = ? AND runner = ?",
                org.value(),
                connection.value(),
                runner.value()));
  }

  @Override
  public List<LeftOver> leftOver(OrgId org, ConnectionId connection, String after, int limit) {
    return database.read(
        "list left-over runners of connection",
        connection,
        session ->
            session.all(
                LEFT_OVER,
                row -> new LeftOver(new RunnerName(row.text()), new Repository(row.text())),
                org.value(),
                connection.value(),
                after,
                limit));
  }

  @Override
  public int forgetDeliveries(Instant before, int limit) {
    return database.write(
        "forget deliveries before",
        before,
        session -> {
          var forgotten = Deliveries.forget(session, before, limit);
          return forgotten + ForgeJobs.forgetAlone(session, before, limit - forgotten);
        });
  }

  /** The last of a piece stands for what it lacks. */
  private static List<ServedRow> find(Session session, OrgId org, List<JobId> jobs, int size)
      throws SQLException {
    var values = new ArrayList<Object>();
    jobs.forEach(job -> values.add(job.value()));
    values.addAll(Collections.nCopies(size - jobs.size(), jobs.getLast().value()));
    values.add(org.value());
    return session.all(servedBy(size), ServedRow::read, values.toArray());
  }

  /**
   * Written so that jobs are found by their ids and not by their tenant, of which they are many.
   */
  static String servedBy(int jobs) {
    return "SELECT "
        + ServedRow.COLUMNS
        + " FROM (SELECT seq AS ours FROM job WHERE job_id IN ("
        + String.join(", ", Collections.nCopies(jobs, "?"))
        + ")) AS own CROSS JOIN forge_job WHERE seq = ours AND org_id = ?";
  }
}
