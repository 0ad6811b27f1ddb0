package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleSchemasIT {
  static Stream<PostgresFixture> servers() {
    return Stream.of(
        PostgresFixture.sharedMajor(14), PostgresFixture.shared(), PostgresFixture.sharedMajor(17));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void twoDatabasesOfOneScriptAreEqual(PostgresFixture server) throws SQLException {
    for (String script : new String[] {SampleSchemas.conitrack(), SampleSchemas.hostile()}) {
      assertThat(contents(server, script)).isEqualTo(contents(server, script));
    }
  }

  @Test
  void theStockSystemHasItsTables() throws SQLException {
    Map<TableName, Long> rows =
        contents(PostgresFixture.shared(), SampleSchemas.conitrack()).rowCounts();
    assertThat(rows).hasSize(27);
    assertThat(rows).containsEntry(new TableName("public", "lotes"), 400L);
    assertThat(rows).containsEntry(new TableName("public", "lotes_aud"), 400L);
  }

  @Test
  void rowsAreCountedWithAndWithoutTheirHeirs() throws SQLException {
    PostgresFixture server = PostgresFixture.shared();
    String database = filled(server, SampleSchemas.hostile());
    try (Connection connection = server.connect(database)) {
      TableName grandparent = new TableName("public", "abuelo");
      assertThat(DatabaseContents.of(connection).rowCounts()).containsEntry(grandparent, 1L);
      assertThat(DatabaseContents.totalRowCounts(connection)).containsEntry(grandparent, 7L);
    }
  }

  @Test
  void aChangedValueAMovedSequenceAndALostLargeObjectShow() throws SQLException {
    PostgresFixture server = PostgresFixture.shared();
    String database = filled(server, SampleSchemas.hostile());
    try (Connection connection = server.connect(database)) {
      DatabaseContents before = DatabaseContents.of(connection);
      server.execute(
          database,
          "UPDATE textos SET t = NULL WHERE id = 8; SELECT nextval('sin_usar'); SELECT"
              + " lo_unlink(40002)");
      DatabaseContents after = DatabaseContents.of(connection);
      assertThat(after.rowCounts()).isEqualTo(before.rowCounts());
      assertThat(after.digests()).isNotEqualTo(before.digests());
      assertThat(after.sequences()).isNotEqualTo(before.sequences());
      assertThat(after.largeObjects()).isNotEqualTo(before.largeObjects());
    }
  }

  @Test
  void settingsOfTheDatabaseDoNotChangeWhatItHolds() throws SQLException {
    PostgresFixture server = PostgresFixture.shared();
    String database = filled(server, SampleSchemas.hostile());
    DatabaseContents before = contentsOf(server, database);
    server.execute(database, SampleSchemas.hostileSettings());
    assertThat(contentsOf(server, database)).isEqualTo(before);
  }

  @Test
  void bulkIsOfTheSizeAskedFor() throws SQLException {
    PostgresFixture server = PostgresFixture.shared();
    String database = filled(server, SampleSchemas.bulk(4));
    try (Connection connection = server.connect(database);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT sum(octet_length(concat_ws(' ', id, codigo, detalle, cantidad, fecha)) + 2) FROM"
                    + " carga")) {
      row.next();
      assertThat(row.getLong(1)).isBetween(3_900_000L, 4_100_000L);
    }
  }

  private static DatabaseContents contents(PostgresFixture server, String script)
      throws SQLException {
    return contentsOf(server, filled(server, script));
  }

  private static DatabaseContents contentsOf(PostgresFixture server, String database)
      throws SQLException {
    try (Connection connection = server.connect(database)) {
      return DatabaseContents.of(connection);
    }
  }

  private static String filled(PostgresFixture server, String script) {
    String database = server.freshDatabase();
    server.execute(database, script);
    return database;
  }
}
