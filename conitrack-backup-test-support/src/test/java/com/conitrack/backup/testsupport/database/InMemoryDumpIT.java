package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InMemoryDumpIT {
  @Test
  void psqlTakesTheDumpOfADatabaseInMemory(@TempDir Path directory) throws Exception {
    PostgresFixture server = PostgresFixture.shared();
    String database = server.freshDatabase();
    Path dump =
        Files.writeString(directory.resolve("dump"), Dumps.of(InMemoryDatabaseTest.populated()));
    psql(server, database, dump);
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT \"c\"\"d\" FROM \"Otro \"\"esquema\"\"\".\"tabla; con\nlínea\"")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("a\tb\nc\rd\\e");
      assertThat(DatabaseContents.of(connection).rowCounts().values())
          .containsExactlyInAnyOrder(3_000L, 0L, 2L);
    }
  }

  private static void psql(PostgresFixture server, String database, Path dump) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                server.binDirectory().resolve("psql").toString(), "-Xqv", "ON_ERROR_STOP=1")
            .redirectInput(dump.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PGHOST", server.host());
    builder.environment().put("PGPORT", String.valueOf(server.port()));
    builder.environment().put("PGUSER", server.superuser());
    builder.environment().put("PGPASSWORD", server.password());
    builder.environment().put("PGDATABASE", database);
    assertThat(builder.start().waitFor()).isZero();
  }
}
