package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a tenant's jobs, newest first. Its cursor is the place in the queue of the last job
 * shown, so jobs that come meanwhile move nothing.
 */
record Listing(OrgId org, JobFilter filter, long before) {
  static Listing of(OrgId org, JobFilter filter) {
    return new Listing(org, filter, before(filter.after()));
  }

  Page read(Database database) {
    var found = database.read("list jobs of tenant", org, this::find);
    var jobs = found.stream().limit(filter.limit()).map(WholeJob::job).toList();
    var more = found.size() > filter.limit();
    return new Page(
        jobs, more ? Long.toString(found.get(filter.limit() - 1).row().lasting().seq()) : "");
  }

  private List<WholeJob> find(Session session) throws SQLException {
    var query = query();
    return session.all(query.sql, WholeJob::read, query.values.toArray());
  }

  /** Asks for one more than is wanted, to know whether there is a next page. */
  Query query() {
    var branches = new ArrayList<String>();
    var values = new ArrayList<Object>();
    for (var state : filter.states().isEmpty() ? List.of("") : filter.states()) {
      branches.add("SELECT seq FROM (" + branch(state, values) + ") AS branch");
    }
    values.add(filter.limit() + 1);
    var sql =
        "SELECT "
            + WholeJob.COLUMNS
            + " FROM job WHERE seq IN ("
            + String.join(" UNION ALL ", branches)
            + ") ORDER BY seq DESC LIMIT ?";
    return new Query(sql, values);
  }

  /** The newest jobs in one state, or in any, that pass the other filters. */
  private String branch(String state, List<Object> values) {
    var byMetadata = !filter.metadataKey().isEmpty() && !filter.metadataValue().isEmpty();
    var sql = new StringBuilder("SELECT j.seq FROM ");
    sql.append(byMetadata ? metadataThenJob(values) : "job j WHERE j.org_id = ?");
    values.add(org.value());
    if (!state.isEmpty()) {
      sql.append(byState(state)).append(" AND j.state = ?");
      values.add(state);
    }
    for (var label : Labels.of(filter.labels()).values()) {
      sql.append(" AND $find(j.labels, ?) > 0");
      values.add(StoredLabels.part(label));
    }
    if (!filter.metadataKey().isEmpty() && !byMetadata) {
      sql.append(" AND EXISTS (SELECT 1 FROM job_metadata WHERE seq = j.seq AND metadata_key = ?)");
      values.add(filter.metadataKey());
    }
    values.add(before);
    values.add(filter.limit() + 1);
    var place = byMetadata ? "m.seq" : "j.seq";
    return sql.append(" AND %s < ? ORDER BY %s DESC LIMIT ?".formatted(place, place)).toString();
  }

  /** What makes the index that finds such jobs soonest the one to use. */
  private static String byState(String state) {
    return switch (state) {
      case "waiting" -> " AND j.ended_at IS NULL";
      case "leased", "running" ->
          " AND j.ended_at IS NULL AND j.seq IN (SELECT seq FROM job WHERE lease_until IS NOT NULL)";
      default -> " AND j.ended_at IS NOT NULL";
    };
  }

  private String metadataThenJob(List<Object> values) {
    values.add(org.value());
    values.add(filter.metadataKey());
    values.add(filter.metadataValue());
    return """
        job_metadata m CROSS JOIN job j
         WHERE m.org_id = ? AND m.metadata_key = ? AND m.metadata_value = ? AND j.seq = m.seq
           AND j.org_id = ?""";
  }

  private static long before(String cursor) {
    try {
      return cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new NimbusException(
          Kind.INVALID, "Cannot list jobs after '%s': not a cursor".formatted(cursor), e);
    }
  }

  /** A statement and what belongs in its place holders. */
  record Query(String sql, List<Object> values) {}
}
