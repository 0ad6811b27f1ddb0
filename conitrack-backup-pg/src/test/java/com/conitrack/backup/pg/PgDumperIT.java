package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.awaitSession;
import static com.conitrack.backup.pg.Targets.failure;
import static com.conitrack.backup.pg.Targets.superuser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgDumperIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final String STOCK = "stock";

  /**
   * 60 MB: less may all be on its way to pg_dump already, which then ends well without a server.
   */
  private static final String MORE_THAN_SOCKETS_HOLD =
      "CREATE UNLOGGED TABLE t AS SELECT repeat(md5(i::text), 32) FROM generate_series(1, 60000) i";

  @BeforeAll
  static void fill() {
    SERVER.dropDatabase(STOCK);
    SERVER.createDatabase(STOCK);
    SERVER.execute(
        STOCK,
        """
        CREATE TABLE lote (id int PRIMARY KEY, nombre text);
        INSERT INTO lote SELECT i, repeat(md5(i::text), 8) FROM generate_series(1, 20000) i;
        CREATE SCHEMA qa;
        CREATE TABLE qa."Análisis" (id int);
        INSERT INTO qa."Análisis" VALUES (4711);
        DROP ROLE IF EXISTS reader;
        CREATE ROLE reader LOGIN PASSWORD 'reader';
        """);
  }

  private static PostgresDatabase stock() {
    return PostgresDatabase.of(superuser(SERVER, STOCK));
  }

  private static String dump(DumpScope scope) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stock().dumper().dump(new DumpRequest(scope, Targets.LONG), bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static BackupException dumpFailure(PostgresConnection connection) {
    return failure(
        () ->
            PostgresDatabase.of(connection)
                .dumper()
                .dump(DumpRequest.WHOLE, OutputStream.nullOutputStream()));
  }

  @Test
  void writesAWholeDumpAndSaysHow() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    DumpReport report = stock().dumper().dump(DumpRequest.WHOLE, bytes);

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("COPY public.lote")
        .contains("COPY qa.\"Análisis\"")
        .contains("-- PostgreSQL database dump complete");
    assertThat(report.tool()).isEqualTo("pg_dump");
    assertThat(report.version().major()).isEqualTo(SERVER.majorVersion());
    assertThat(report.remarks()).isEmpty();
  }

  @Test
  void takesTheSchemasAndTablesAskedFor() {
    String dump = dump(new DumpScope(List.of("qa"), List.of(), List.of(), List.of(), List.of()));

    assertThat(dump).contains("4711").doesNotContain("public.lote");
  }

  @Test
  void leavesOutWhatIsExcluded() {
    String dump =
        dump(
            new DumpScope(
                List.of(),
                List.of("nowhere"),
                List.of(),
                List.of("public.lote"),
                List.of("qa.\"Análisis\"")));

    assertThat(dump).contains("CREATE TABLE qa.\"Análisis\"").doesNotContain("4711", "public.lote");
  }

  @Test
  void aPatternIsNeverTakenForAnOption() {
    BackupException error =
        failure(
            () ->
                dump(
                    new DumpScope(
                        List.of(), List.of(), List.of("--version"), List.of(), List.of())));

    assertThat(error.kind()).isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void aPatternThatMatchesNothingIsNotFound() {
    BackupException error =
        failure(
            () ->
                dump(new DumpScope(List.of(), List.of(), List.of("lotes"), List.of(), List.of())));

    assertThat(error.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(error).hasMessageContaining("no matching tables");
  }

  @Test
  void aWrongPasswordIsSaidWithoutSayingIt() {
    BackupException error = dumpFailure(superuser(SERVER, STOCK).withPassword("gu3ss'ed"));

    assertThat(error.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(error).hasMessageContaining("'stock' on 127.0.0.1:" + SERVER.port());
    assertThat(error.toString()).doesNotContain("gu3ss");
  }

  @Test
  void noPasswordAtAllIsAnAuthenticationFailure() {
    BackupException error = dumpFailure(PostgresConnection.of(SERVER.jdbcUrl(STOCK)));

    assertThat(error.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
  }

  @Test
  void aMissingDatabaseIsNotFound() {
    BackupException error = dumpFailure(superuser(SERVER, "no such"));

    assertThat(error.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(error).hasMessageContaining("'no such'");
  }

  @Test
  void aServerThatDoesNotAnswerIsAConnectionFailure() throws IOException {
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress("127.0.0.1", 0)); // Nobody listens, and nobody else can.

      BackupException error =
          dumpFailure(
              PostgresConnection.of(
                  "postgresql://ana:x@127.0.0.1:" + silent.getLocalPort() + "/stock"));

      assertThat(error.kind()).isEqualTo(ErrorKind.CONNECTION);
      assertThat(error.hint()).contains("check host and port");
    }
  }

  @Test
  void aMissingPrivilegeNamesEveryTableAndTheGrant() {
    BackupException error =
        dumpFailure(superuser(SERVER, STOCK).withUser("reader").withPassword("reader"));

    assertThat(error.kind()).isEqualTo(ErrorKind.PERMISSION);
    assertThat(error.why()).contains("public.lote", "qa.\"Análisis\"");
    assertThat(error.hint()).contains("GRANT pg_read_all_data TO reader");
  }

  @Test
  void rowsHiddenByRowLevelSecurityFailTheDump() {
    String database = SERVER.freshDatabase();
    SERVER.execute(
        database,
        """
        CREATE TABLE secreto (id int);
        ALTER TABLE secreto ENABLE ROW LEVEL SECURITY;
        CREATE POLICY few ON secreto USING (id < 10);
        GRANT SELECT ON secreto TO reader;
        """);

    BackupException error =
        dumpFailure(superuser(SERVER, database).withUser("reader").withPassword("reader"));

    assertThat(error.kind()).isEqualTo(ErrorKind.PERMISSION);
    assertThat(error.why()).contains("secreto");
    assertThat(error.hint()).contains("BYPASSRLS");
  }

  @Test
  void aKilledPgDumpIsNoEndOfDump() throws Exception {
    PausingSink sink = new PausingSink();
    Background dump = Background.start(() -> stock().dumper().dump(DumpRequest.WHOLE, sink));
    sink.awaitFirstByte();

    Targets.awaitTool("pg_dump").destroyForcibly();
    sink.resume();

    BackupException error = dump.failure();
    assertThat(error.kind()).isEqualTo(ErrorKind.DATABASE);
    assertThat(error).hasMessageContaining("killed by SIGKILL");
  }

  @Test
  void aLostConnectionIsSaid() throws Exception {
    String large = SERVER.freshDatabase();
    SERVER.execute(large, MORE_THAN_SOCKETS_HOLD);
    PausingSink sink = new PausingSink();
    Background dump =
        Background.start(
            () -> Targets.database(SERVER, large).dumper().dump(DumpRequest.WHOLE, sink));
    sink.awaitFirstByte();
    awaitSession(SERVER, large, "datname = '" + large + "' AND query LIKE 'COPY%'");

    SERVER.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + large
            + "' AND query LIKE 'COPY%'");
    sink.resume();

    assertThat(dump.failure().kind()).isEqualTo(ErrorKind.CONNECTION);
  }

  @Test
  void aServerThatStopsIsSaid() throws Exception {
    try (PostgresFixture server = PostgresFixture.start()) {
      server.execute("postgres", MORE_THAN_SOCKETS_HOLD);
      PausingSink sink = new PausingSink();
      PostgresDatabase database = Targets.database(server, "postgres");
      Background dump = Background.start(() -> database.dumper().dump(DumpRequest.WHOLE, sink));
      sink.awaitFirstByte();

      server.stop(PostgresFixture.StopMode.IMMEDIATE);
      sink.resume();

      assertThat(dump.failure().kind()).isEqualTo(ErrorKind.CONNECTION);
    }
  }

  @Test
  void aSinkThatFailsStopsThePgDumpAtOnce() {
    IOException full = new IOException("disk full");

    BackupException error = failure(() -> stock().dumper().dump(DumpRequest.WHOLE, failing(full)));

    assertThat(error).hasCause(full);
    assertThat(Targets.tool("pg_dump")).isEmpty();
  }

  @Test
  void whatTheSinkThrowsUncheckedIsPassedOn() {
    IllegalStateException own = new IllegalStateException("own");

    Throwable thrown = catchThrowable(() -> stock().dumper().dump(DumpRequest.WHOLE, failing(own)));

    assertThat(thrown).isSameAs(own);
    assertThat(Targets.tool("pg_dump")).isEmpty();
  }

  @Test
  void anInterruptStopsAPgDumpThatWaits() throws Exception {
    try (Connection connection = SERVER.connect(STOCK);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE lote IN ACCESS EXCLUSIVE MODE");
      Background dump =
          Background.start(
              () -> stock().dumper().dump(DumpRequest.WHOLE, OutputStream.nullOutputStream()));
      ProcessHandle tool = Targets.awaitTool("pg_dump");

      dump.interrupt();

      assertThat(dump.failure().kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(dump.interruptedAfter()).isTrue();
      assertThat(tool.isAlive()).isFalse();
    }
  }

  @Test
  void theTimeLimitStopsAPgDumpThatWaits() throws Exception {
    try (Connection connection = SERVER.connect(STOCK);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE lote IN ACCESS EXCLUSIVE MODE");

      BackupException error =
          failure(
              () ->
                  stock()
                      .dumper()
                      .dump(
                          new DumpRequest(DumpScope.ALL, Duration.ofMillis(500)),
                          OutputStream.nullOutputStream()));

      assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(error).hasMessageContaining("PT0.5S");
      assertThat(Targets.tool("pg_dump")).isEmpty();
    }
  }

  @Test
  void theTimeLimitEndsASinkThatIsStuck() throws Exception {
    PausingSink stuck = new PausingSink();
    Background dump =
        Background.start(
            () ->
                stock()
                    .dumper()
                    .dump(new DumpRequest(DumpScope.ALL, Duration.ofMillis(500)), stuck));

    assertThat(dump.failure().kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(dump.interruptedAfter()).isFalse();
  }

  @Test
  void aTableThatStaysLockedIsATimeout() throws Exception {
    PostgresDatabase impatient =
        PostgresDatabase.builder(superuser(SERVER, STOCK)).lockWait(Duration.ofMillis(200)).build();
    try (Connection connection = SERVER.connect(STOCK);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE lote IN ACCESS EXCLUSIVE MODE");

      BackupException error =
          failure(
              () -> impatient.dumper().dump(DumpRequest.WHOLE, OutputStream.nullOutputStream()));

      assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(error.hint()).contains("pg_locks");
    }
  }

  private static OutputStream failing(Exception failure) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        if (failure instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        throw (IOException) failure;
      }
    };
  }
}
