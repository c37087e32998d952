package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MigrationTest {
  private static final String SQLITE_SHAPE =
      """
      SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name
      """;
  private static final String POSTGRES_SHAPE =
      """
      SELECT 'column', table_name || '.' || column_name,
             data_type || ' ' || is_nullable || ' ' || is_identity
        FROM information_schema.columns
       WHERE table_schema = current_schema()
      UNION ALL
      SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
      UNION ALL
      SELECT 'sequence', sequence_name, data_type
        FROM information_schema.sequences
       WHERE sequence_schema = current_schema()
       ORDER BY 1, 2
      """;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void theListOfMigrationsIsTheListOfFiles(Dialect dialect) throws Exception {
    assertThat(files(dialect)).isEqualTo(Migration.NAMES);
  }

  @Test
  void migrationsAreNumberedWithoutGaps() {
    for (var i = 0; i < Migration.NAMES.size(); i++) {
      assertThat(Migration.NAMES.get(i)).matches("V%04d__[a-z0-9_]+".formatted(i + 1));
    }
  }

  @Test
  void theSumOfTheMigrationsIsTheSchemaOfSqlite() throws SQLException {
    try (var migrated = DriverManager.getConnection("jdbc:sqlite::memory:");
        var direct = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      new Migrator(migrated, Dialect.SQLITE, "test").run();
      execute(direct, Migration.resource("sqlite/schema"));

      assertThat(shape(migrated, SQLITE_SHAPE)).isEqualTo(shape(direct, SQLITE_SHAPE));
    }
  }

  @Test
  void theSumOfTheMigrationsIsTheSchemaOfPostgres() throws SQLException {
    try (var migrated = postgres();
        var direct = postgres()) {
      new Migrator(migrated, Dialect.POSTGRES, "test").run();
      execute(direct, Migration.resource("postgres/schema"));

      assertThat(withoutSchema(migrated)).isEqualTo(withoutSchema(direct));
    }
  }

  @Test
  void bothDatabasesHaveTheSameTablesAndColumns() throws SQLException {
    try (var sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        var postgres = postgres()) {
      new Migrator(sqlite, Dialect.SQLITE, "test").run();
      new Migrator(postgres, Dialect.POSTGRES, "test").run();

      assertThat(
              shape(
                  postgres,
                  """
                  SELECT table_name, column_name, is_nullable
                    FROM information_schema.columns
                   WHERE table_schema = current_schema()
                   ORDER BY 1, 2
                  """))
          .isEqualTo(
              shape(
                  sqlite,
                  """
                  SELECT m.name, c.name, iif(c."notnull" OR c.pk, 'NO', 'YES')
                    FROM sqlite_master m JOIN pragma_table_info(m.name) c
                   WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
                   ORDER BY 1, 2
                  """));
    }
  }

  @Test
  void migratingTwiceChangesNothing() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      new Migrator(connection, Dialect.SQLITE, "test").run();
      var before = shape(connection, SQLITE_SHAPE);
      new Migrator(connection, Dialect.SQLITE, "test").run();

      assertThat(shape(connection, SQLITE_SHAPE)).isEqualTo(before);
      assertThat(shape(connection, "SELECT version, name, 1 FROM schema_version"))
          .hasSize(Migration.NAMES.size());
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aDatabaseOfTheFirstVersionIsBroughtUpToDate(Dialect dialect) throws SQLException {
    try (var connection =
        dialect == Dialect.SQLITE
            ? DriverManager.getConnection("jdbc:sqlite::memory:")
            : postgres()) {
      var first = Migration.all(dialect).getFirst();
      execute(connection, first.script());
      execute(
          connection,
          "INSERT INTO schema_version VALUES (1, '%s', '%s');\n"
              .formatted(first.name(), first.checksum()));
      execute(connection, "INSERT INTO org VALUES ('acme', 1, 1, 1, 0, 0, 1);\n");

      new Migrator(connection, dialect, "test").run();

      assertThat(shape(connection, "SELECT org_id, turn, 1 FROM org")).containsExactly("acme 1 1");
      assertThat(shape(connection, "SELECT version, name, 1 FROM schema_version"))
          .hasSize(Migration.NAMES.size());
    }
  }

  private static Connection postgres() throws SQLException {
    var url = (DatabaseUrl.Postgres) DatabaseUrl.parse(PostgresServer.newDatabase());
    return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
  }

  /** Index definitions name their schema, which differs between the two. */
  private static List<String> withoutSchema(Connection connection) throws SQLException {
    return shape(connection, POSTGRES_SHAPE).stream()
        .map(line -> line.replaceAll("nimbus_[0-9]+\\.", ""))
        .toList();
  }

  private static void execute(Connection connection, String script) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var sql : new Migration(1, "script", script).statements()) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> shape(Connection connection, String sql) throws SQLException {
    var lines = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      while (result.next()) {
        var line = result.getString(1) + " " + result.getString(2) + " " + result.getString(3);
        lines.add(line.replaceAll("\\s*([,()])\\s*", "$1")); // As a column that was added is put.
      }
    }
    return lines;
  }

  private static List<String> files(Dialect dialect) throws IOException, URISyntaxException {
    var schema = Migration.class.getResource(dialect.folder() + "/schema.sql");
    assertThat(schema).isNotNull();
    try (var files = Files.list(Path.of(schema.toURI()).getParent())) {
      return files
          .map(file -> file.getFileName().toString().replace(".sql", ""))
          .filter(name -> !name.equals("schema"))
          .sorted()
          .toList();
    }
  }
}
