package dev.nimbus.api.log;

import dev.nimbus.json.Meaning;
import java.util.List;

/** Lines of one attempt of one job, in order. The tenant is the token's. */
public record LogBatch(
    String job, @Meaning("The fence of its lease.") long attempt, List<LogLine> lines) {}
