package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.LONG;
import static com.conitrack.backup.pg.Targets.database;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.dump.RestoreFilter;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inspector's findings in dumps of a real server, held against what the server counts. */
class DumpInspectorIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final String TABLES =
      """
      SELECT n.nspname, c.relname, format('%I.%I', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      """;

  private static String source = "";

  private record Counts(long own, long total) {}

  @BeforeAll
  static void createSource() throws IOException {
    source = SERVER.freshDatabase();
    try (InputStream script = DumpInspectorIT.class.getResourceAsStream("/hostile-database.sql")) {
      assertThat(script).isNotNull();
      database(SERVER, source).restorer().restore(script::transferTo, LONG);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=plain",
        "--inserts",
        "--column-inserts",
        "--rows-per-insert=7",
        "--on-conflict-do-nothing --inserts",
        "--quote-all-identifiers",
        "--clean --if-exists --create",
        "--disable-dollar-quoting",
        "--no-owner --no-acl --no-comments"
      })
  void countsWhatTheServerCounts(String options) throws Exception {
    DumpFindings found = inspect(dump(source, options));

    assertThat(found.defects()).isEmpty();
    assertThat(counts(found)).isEqualTo(counts(source));
    assertThat(found.fingerprint().largeObjects().count()).isEqualTo(3);
    assertThat(found.dumpedFrom())
        .extracting(ServerVersion::major)
        .isEqualTo(SERVER.majorVersion());
  }

  @Test
  void loadsThroughTheRootCountTotals() throws Exception {
    DumpFindings found = inspect(dump(source, "--load-via-partition-root"));

    assertThat(found.fingerprint().table(new TableName("public", "part")).orElseThrow().totalRows())
        .isEqualTo(requireNonNull(counts(source).get(new TableName("public", "part"))).total());
    assertThat(found.fingerprint().rows()).isEqualTo(ownRows(source));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=plain", "--rows-per-insert=7"})
  void aRestoredDatabaseHasTheSameFingerprint(String options) throws Exception {
    byte[] dump = dump(source, options);
    String target = SERVER.freshDatabase();

    database(SERVER, target)
        .restorer()
        .restore(
            sink -> {
              RestoreFilter filter = new RestoreFilter(sink);
              filter.accept(dump, 0, dump.length);
              filter.finish();
            },
            LONG);

    assertThat(
            inspect(dump(target, options)).fingerprint().differencesTo(inspect(dump).fingerprint()))
        .isEmpty();
    assertThat(counts(target)).isEqualTo(counts(source));
  }

  private static DumpFindings inspect(byte[] dump) {
    DumpInspector inspector = new DumpInspector();
    for (int from = 0; from < dump.length; from += 1000) {
      inspector.accept(dump, from, Math.min(1000, dump.length - from));
    }
    return inspector.finish();
  }

  private static byte[] dump(String database, String options) throws Exception {
    Path tool =
        new ClientTools(() -> ToolPlaces.usual(System.getenv("PATH")))
            .choose("pg_dump", database(SERVER, database).inspector().inspect().version())
            .executable();
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-h", SERVER.host(), "-p", String.valueOf(SERVER.port())));
    command.addAll(List.of("-U", SERVER.superuser(), database));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PGPASSWORD", SERVER.password());
    Process process = builder.start();
    byte[] dump = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return dump;
  }

  private static Map<TableName, Counts> counts(DumpFindings found) {
    Map<TableName, Counts> counts = new TreeMap<>();
    found
        .fingerprint()
        .tables()
        .forEach(table -> counts.put(table.name(), new Counts(table.rows(), table.totalRows())));
    return counts;
  }

  private static Map<TableName, Counts> counts(String database) throws SQLException {
    Map<TableName, Counts> counts = new TreeMap<>();
    try (Connection connection = SERVER.connect(database);
        Statement list = connection.createStatement();
        ResultSet tables = list.executeQuery(TABLES)) {
      while (tables.next()) {
        counts.put(
            new TableName(tables.getString(1), tables.getString(2)),
            count(connection, tables.getString(3)));
      }
    }
    return counts;
  }

  private static Counts count(Connection connection, String table) throws SQLException {
    String sql =
        "SELECT (SELECT count(*) FROM ONLY %s), (SELECT count(*) FROM %s)".formatted(table, table);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2));
    }
  }

  private static long ownRows(String database) throws SQLException {
    return counts(database).values().stream().mapToLong(Counts::own).sum();
  }
}
