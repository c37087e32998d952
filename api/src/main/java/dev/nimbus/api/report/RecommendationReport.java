package dev.nimbus.api.report;

import dev.nimbus.json.Meaning;
import java.util.List;

/** What would have been cheaper in a period, by what was recorded of machines that are gone. */
public record RecommendationReport(
    @Meaning("The first day, in UTC.") String from,
    @Meaning("The day after the last.") String to,
    @Meaning("What saves most first; each by itself, they do not add up.")
        List<RecommendationRow> rows) {
  public RecommendationReport {
    rows = List.copyOf(rows);
  }
}
