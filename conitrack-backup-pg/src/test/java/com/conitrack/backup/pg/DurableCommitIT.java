package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.LONG;
import static com.conitrack.backup.pg.Targets.database;
import static com.conitrack.backup.pg.Targets.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.SideLoad;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.port.SideTable;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurableCommitIT {
  /** On a server that answers before commits are written, and writes them seconds later. */
  @Test
  void whatWasReportedSurvivesAServerKilledRightAfter() {
    try (PostgresFixture server =
        PostgresFixture.builder()
            .setting("synchronous_commit", "off")
            .setting("wal_writer_delay", "10s")
            .start()) {
      server.createDatabase("live");
      byte[] dump = "CREATE TABLE restored (id int);\n".getBytes(StandardCharsets.US_ASCII);
      database(server, "live").restorer().restore(sink -> sink.write(dump), LONG);
      killAndRestart(server);
      assertThat(query(server, "live", "SELECT to_regclass('restored')")).isEqualTo("restored");

      putBeside(server);
      killAndRestart(server);
      assertThat(query(server, "live", "SELECT to_regclass('s.x')")).isEqualTo("s.x");

      server.createDatabase("fresh");
      database(server, "live").server().swap(new DatabaseSwap("live", "fresh", "aside", false));
      killAndRestart(server);
      assertThat(query(server, "live", "SELECT to_regclass('restored')")).isEqualTo("null");
      assertThat(query(server, "aside", "SELECT to_regclass('restored')")).isEqualTo("restored");
    }
  }

  private static void putBeside(PostgresFixture server) {
    SideTable table =
        new SideTable(
            new TableName("public", "x"),
            new TableName("s", "x"),
            List.of("CREATE TABLE s.x (a int)"));
    try (SideLoad load =
        database(server, "live")
            .tables()
            .beside(new SideSchema("s", SideSchema.MARK + "a test"), List.of(table))) {
      load.commit();
    }
  }

  private static void killAndRestart(PostgresFixture server) {
    server.kill();
    server.restart();
  }
}
