package dev.nimbus.api.report;

import dev.nimbus.json.Meaning;
import java.util.List;

/** What machines cost in a period. Every column adds up to the total, to the cent. */
public record CostReport(
    @Meaning("The first day, in UTC.") String from,
    @Meaning("The day after the last.") String to,
    @Meaning(words = {"org", "pool", "repository", "workflow", "label"}) String by,
    @Meaning("The dearest first; what is beyond a thousand is one group.") List<CostRow> rows,
    CostRow total) {
  public CostReport {
    rows = List.copyOf(rows);
  }
}
