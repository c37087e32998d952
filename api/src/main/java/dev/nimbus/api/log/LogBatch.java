package dev.nimbus.api.log;

import java.util.List;

/** Lines of one attempt of one job, in order. The tenant is the token's. */
public record LogBatch(String job, long attempt, List<LogLine> lines) {}
