package dev.nimbus.adapters.storage;

import dev.nimbus.core.storage.ForgeStore.Stage;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What of a row of the table forge_job decides what becomes of it.
 *
 * @param place names the row
 * @param seq of the job of ours that serves it
 * @param servings how many of ours were admitted or refused for it
 * @param announced whether more is known of it than its key
 */
record ForgeJobRow(
    long place,
    String connection,
    Stage stage,
    @Nullable Long seq,
    int servings,
    String runner,
    boolean announced) {
  /** The columns {@link #read} expects. */
  static final String COLUMNS =
      """
      place, connection_id, stage, seq, servings, runner,
      CASE WHEN facts IS NULL THEN 0 ELSE 1 END
      """;

  static ForgeJobRow read(Row row) throws SQLException {
    return new ForgeJobRow(
        row.number(),
        row.text(),
        stage(row.text()),
        row.numberOrNull(),
        row.count(),
        row.text(),
        row.number() == 1);
  }

  static Stage stage(String word) {
    return Stage.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  boolean servedBy(long job) {
    return seq != null && seq == job;
  }
}
