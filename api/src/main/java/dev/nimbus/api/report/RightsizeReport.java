package dev.nimbus.api.report;

import dev.nimbus.json.Meaning;
import java.util.List;

/** How much jobs used of what they asked for, in a period. */
public record RightsizeReport(
    @Meaning("The first day, in UTC.") String from,
    @Meaning("The day after the last.") String to,
    @Meaning("Fewer jobs say nothing.") int fewestJobs,
    @Meaning("Those that ran longest first, at most a thousand.") List<RightsizeRow> rows) {
  public RightsizeReport {
    rows = List.copyOf(rows);
  }
}
